"""export_bourse [--output FILE]: the bourses as a file. It names candidates and says why."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandParser

from postings.case_file.exporting import TITLE, export_bourses
from reorganisations.case_file.writing import as_yaml


class Command(BaseCommand):
    help = (
        "Exporte les bourses en un fichier, candidatures et motifs compris, sans les pièces jointes ni les notes du "
        "jury\u00a0: il contient des données personnelles."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--output", type=Path, metavar="FICHIER", help="Sans fichier, à l’écran.")
        parser.add_argument("--title", default=TITLE, help="Titre du fichier.")

    def handle(self, *, output: Path | None, title: str, **options: object) -> None:
        text = as_yaml(export_bourses(title=title))
        if output is None:
            self.stdout.write(text, ending="")
        else:
            output.write_text(text, encoding="utf-8")
