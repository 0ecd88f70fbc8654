"""manage.py dossier CODE --output FILE.pdf|.zip [--text NUMBER | --draft]."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from missions.archives import zipped
from missions.pdf import render_pdf

from ... import queries
from ...documents.committee_file import CommitteeFile, committee_file, dossier_archive, dossier_html
from ...models import Reorganisation, SealedText
from ...sealing import unseal

SUFFIXES = (".pdf", ".zip")


class Command(BaseCommand):
    help = "Écrit le dossier de l’instance\u00a0: du texte voté, sinon du dernier scellé, à défaut du projet."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", help="code de la réorganisation")
        parser.add_argument("--output", required=True, help="fichier .pdf ou .zip")
        parser.add_argument("--text", type=int, help="numéro du texte scellé")
        parser.add_argument("--draft", action="store_true", help="le projet tel qu’il est, même s’il est soumis")

    def handle(self, *args: Any, **options: Any) -> None:
        output = Path(options["output"])
        if output.suffix not in SUFFIXES:
            raise CommandError(f"Le fichier doit finir par {' ou '.join(SUFFIXES)}\u00a0: {output.name}")
        found = Reorganisation.objects.select_related("base_version").filter(code=options["code"]).first()
        if found is None:
            raise CommandError(f"Aucune réorganisation n’a le code «\u00a0{options['code']}\u00a0».")
        file = _file(found, options["text"], draft=options["draft"])
        content = _written(file, output.suffix)
        try:
            output.write_bytes(content)
        except OSError as error:
            words = "son répertoire n’existe pas ou refuse l’écriture"
            raise CommandError(f"«\u00a0{output}\u00a0» ne peut pas être écrit\u00a0: {words}.") from error
        which = str(file.sealed) if file.sealed else "projet"
        self.stdout.write(f"{output}\u00a0: {which}, {len(content) // 1024 + 1} Ko")


def _written(file: CommitteeFile, suffix: str) -> bytes:
    if suffix == ".pdf":
        return render_pdf(dossier_html(file))
    return zipped(dossier_archive(file), lambda html, _: render_pdf(html), lambda *_: None)


def _file(reorganisation: Reorganisation, number: int | None, *, draft: bool) -> CommitteeFile:
    texts = reorganisation.sealed_texts.order_by("number")
    sealed: SealedText | None = None if draft else queries.voted_text(reorganisation) or texts.last()
    if number is not None:
        sealed = texts.filter(number=number).first()
        if sealed is None:
            raise CommandError(f"«\u00a0{reorganisation.code}\u00a0» n’a pas de texte scellé n° {number}.")
    if sealed is None:
        return committee_file(queries.draft(reorganisation).text)
    return committee_file(unseal(sealed), sealed=sealed)
