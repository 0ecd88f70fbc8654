"""manage.py dossier CODE --output FILE.pdf|.zip [--text NUMBER | --draft]."""

from missions.archives import zipped
from missions.pdf import render_pdf

from ... import queries
from ...documents.committee_file import committee_file, dossier_archive, dossier_html
from ...models import Reorganisation, SealedText
from ...sealing import Text
from ..text_command import TextCommand


class Command(TextCommand):
    help = "Écrit le dossier de l’instance\u00a0: du texte voté, sinon du dernier scellé, à défaut du projet."
    suffixes = (".pdf", ".zip")

    def usual(self, reorganisation: Reorganisation) -> SealedText | None:
        return queries.voted_text(reorganisation) or super().usual(reorganisation)

    def written(self, text: Text, sealed: SealedText | None, suffix: str) -> bytes:
        file = committee_file(text, sealed=sealed)
        if suffix == ".pdf":
            return render_pdf(dossier_html(file))
        return zipped(dossier_archive(file), lambda html, _: render_pdf(html), lambda *_: None)
