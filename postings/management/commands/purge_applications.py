from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from postings.actions import purge_applications, purge_report


class Command(BaseCommand):
    help = "Efface les candidatures dont la durée de conservation est passée, et dit ce qui s’efface."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="dit seulement ce qui s’effacerait")

    def handle(self, *args: Any, dry_run: bool = False, **options: Any) -> None:
        for due in purge_report():
            self.stdout.write(
                f"{due.posting.code}\u00a0: {due.applications} candidature(s), {due.files} pièce(s) "
                f"({due.size} octets), {due.eligible} éligible(s), {due.notices} information(s)"
            )
        if dry_run:
            self.stdout.write("Rien n’est effacé.")
            return
        self.stdout.write(f"Candidatures effacées\u00a0: {purge_applications()}")
