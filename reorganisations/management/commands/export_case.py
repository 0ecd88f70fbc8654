"""export_case [--output FILE] [--nominative]: the database as a case file."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandParser

from reorganisations.case_file.exporting import TITLE, export_case
from reorganisations.case_file.writing import write_case


class Command(BaseCommand):
    help = "Exporte l’organigramme, les réorganisations et les versions en un fichier de cas, sans nommer personne."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--output", type=Path, metavar="FICHIER", help="Sans fichier, à l’écran.")
        parser.add_argument("--title", default=TITLE, help="Titre du cas.")
        parser.add_argument("--nominative", action="store_true", help="Avec les agents, affectations et situations.")

    def handle(self, *, output: Path | None, title: str, nominative: bool, **options: object) -> None:
        text = write_case(export_case(title=title, nominative=nominative))
        if output is None:
            self.stdout.write(text, ending="")
        else:
            output.write_text(text, encoding="utf-8")
