"""case_schema [--output FILE]: the JSON Schema of case files, generated from their types."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandParser

from reorganisations.case_file.schema import schema_text


class Command(BaseCommand):
    help = "Écrit le schéma JSON des fichiers de cas."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--output", type=Path, metavar="FICHIER")

    def handle(self, *, output: Path | None, **options: object) -> None:
        if output is None:
            self.stdout.write(schema_text(), ending="")
        else:
            output.write_text(schema_text(), encoding="utf-8")
