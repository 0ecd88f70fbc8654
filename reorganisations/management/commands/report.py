"""manage.py report CODE --output FILE.pdf|.docx|.html [--text NUMBER | --draft]."""

from collections.abc import Callable

from ...documents.office import report_docx
from ...documents.pages import report_page, report_pdf
from ...documents.source import Report, report_of
from ...models import SealedText
from ...sealing import Text
from ..text_command import TextCommand

WRITERS: dict[str, Callable[[Report], bytes]] = {
    ".pdf": report_pdf,
    ".docx": report_docx,
    ".html": lambda report: report_page(report).encode(),
}


class Command(TextCommand):
    help = "Écrit le rapport d’une réorganisation\u00a0: le dernier texte scellé, à défaut le projet."
    suffixes = tuple(WRITERS)

    def written(self, text: Text, sealed: SealedText | None, suffix: str) -> bytes:
        return WRITERS[suffix](report_of(text, sealed=sealed))
