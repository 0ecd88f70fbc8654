"""manage.py report CODE --output FILE.pdf|.docx|.html [--text NUMBER | --draft]."""

from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ... import queries
from ...documents.office import report_docx
from ...documents.pages import report_page, report_pdf
from ...documents.source import Report, report_of
from ...models import Reorganisation, SealedText
from ...sealing import unseal

WRITERS: dict[str, Callable[[Report], bytes]] = {
    ".pdf": report_pdf,
    ".docx": report_docx,
    ".html": lambda report: report_page(report).encode(),
}


class Command(BaseCommand):
    help = "Écrit le rapport d’une réorganisation\u00a0: le dernier texte scellé, à défaut le projet."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", help="code de la réorganisation")
        parser.add_argument("--output", required=True, help="fichier .pdf, .docx ou .html")
        parser.add_argument("--text", type=int, help="numéro du texte scellé")
        parser.add_argument("--draft", action="store_true", help="le projet tel qu’il est, même s’il est soumis")

    def handle(self, *args: Any, **options: Any) -> None:
        output = Path(options["output"])
        if output.suffix not in WRITERS:
            raise CommandError(f"Le fichier doit finir par {', '.join(WRITERS)}\u00a0: {output.name}")
        try:
            reorganisation = Reorganisation.objects.select_related("base_version").get(code=options["code"])
        except Reorganisation.DoesNotExist:
            raise CommandError(f"Aucune réorganisation n’a le code «\u00a0{options['code']}\u00a0».") from None
        report = _report(reorganisation, options["text"], draft=options["draft"])
        content = WRITERS[output.suffix](report)
        output.write_bytes(content)
        which = "texte scellé" if report.sealed else "document de travail"
        self.stdout.write(f"{output}\u00a0: {which}, {len(content) // 1024 + 1} Ko")


def _report(reorganisation: Reorganisation, number: int | None, *, draft: bool) -> Report:
    texts = reorganisation.sealed_texts.order_by("number")
    sealed: SealedText | None = None if draft else texts.last()
    if number is not None:
        sealed = texts.filter(number=number).first()
        if sealed is None:
            raise CommandError(f"«\u00a0{reorganisation.code}\u00a0» n’a pas de texte scellé n° {number}.")
    if sealed is None:
        return report_of(queries.draft(reorganisation).text)
    return report_of(unseal(sealed), sealed=sealed)
