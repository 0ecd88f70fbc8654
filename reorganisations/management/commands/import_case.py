"""import_case FILE [--dry-run]: a case file into the database."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from reorganisations.case_file.importing import import_case
from reorganisations.case_file.problems import BadCaseFile
from reorganisations.case_file.reading import read_case


class Command(BaseCommand):
    help = (
        "Importe un fichier de cas\u00a0: tout, ou rien s’il contient une erreur. Ce qui est déjà là n’est pas modifié."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FICHIER")
        parser.add_argument("--dry-run", action="store_true", help="Dit ce qui serait fait, sans rien écrire.")

    def handle(self, *, file: Path, dry_run: bool, **options: object) -> None:
        try:
            text = file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"{file} ne peut pas être lu\u00a0: {error}") from None
        try:
            imported = import_case(read_case(text, str(file)), by=None, dry_run=dry_run)
        except BadCaseFile as error:
            raise CommandError(f"{error}\nRien n’a été écrit.") from None
        for outcome in imported.outcomes:
            self.stdout.write(str(outcome))
        there = len(imported.outcomes) - imported.done
        said = f"{imported.done} enregistrés, {there} déjà là."
        self.stdout.write(f"À blanc, rien n’a été écrit\u00a0: {said}" if dry_run else said)
