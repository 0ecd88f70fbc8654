"""import_bourse FILE [--dry-run]: a file of bourses, done again through the actions at the times it gives."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from postings.case_file.importing import import_bourses
from postings.case_file.reading import read_bourses
from reorganisations.case_file.problems import BadCaseFile


class Command(BaseCommand):
    help = (
        "Importe un fichier de bourses\u00a0: toutes, ou aucune s’il contient une erreur. Celles qui sont là ne "
        "changent pas."
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
            told = import_bourses(read_bourses(text, str(file)), dry_run=dry_run)
        except BadCaseFile as error:
            raise CommandError(f"{error}\nRien n’a été écrit.") from None
        for each in told:
            self.stdout.write(str(each))
        if dry_run:
            self.stdout.write("À blanc, rien n’a été écrit.")
