import datetime
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from reorganisations.actions import apply_due


class Command(BaseCommand):
    help = "Met en vigueur les étapes décidées dont la date est venue."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--on",
            type=datetime.date.fromisoformat,
            metavar="AAAA-MM-JJ",
            help="jour à considérer, aujourd’hui par défaut",
        )

    def handle(self, *args: Any, on: datetime.date | None = None, **options: Any) -> None:
        found = apply_due(today=on)
        for each in found:
            outcome = "en échec" if each.failed else "refusée"
            said = f"version {each.version.number} scellée" if each.version else f"{outcome}. {each.refusal}"
            self.stdout.write(f"{each.reorganisation.code}, {str(each.stage).lower()}\u00a0: {said}")
        if not found:
            self.stdout.write("Aucune étape n’est à mettre en vigueur.")
        if stayed := sum(1 for each in found if each.version is None):
            raise CommandError(
                "Une étape n’est pas entrée en vigueur." if stayed == 1 else f"{stayed} étapes ne sont pas en vigueur."
            )
