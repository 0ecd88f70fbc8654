"""The commands that write a document from one text of a reorganisation: sealed, or the draft as it stands."""

from abc import ABC, abstractmethod
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, ClassVar

from django.core.management.base import BaseCommand, CommandError

from .. import queries
from ..models import Reorganisation, SealedText
from ..sealing import Text, unseal


class TextCommand(BaseCommand, ABC):
    """`suffixes`: those of the files it writes."""

    suffixes: ClassVar[tuple[str, ...]]

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", help="code de la réorganisation")
        parser.add_argument("--output", required=True, help=f"fichier {' ou '.join(self.suffixes)}")
        parser.add_argument("--text", type=int, help="numéro du texte scellé")
        parser.add_argument("--draft", action="store_true", help="le projet tel qu’il est, même s’il est soumis")

    def usual(self, reorganisation: Reorganisation) -> SealedText | None:
        """The text that is written unless another is asked for; None: the draft."""
        return reorganisation.sealed_texts.order_by("number").last()

    @abstractmethod
    def written(self, text: Text, sealed: SealedText | None, suffix: str) -> bytes:
        """The file."""

    def handle(self, *args: Any, **options: Any) -> None:
        output = Path(options["output"])
        if output.suffix not in self.suffixes:
            raise CommandError(f"Le fichier doit finir par {' ou '.join(self.suffixes)}\u00a0: {output.name}")
        found = Reorganisation.objects.select_related("base_version").filter(code=options["code"]).first()
        if found is None:
            raise CommandError(f"Aucune réorganisation n’a le code «\u00a0{options['code']}\u00a0».")
        sealed = self._asked(found, options["text"], draft=options["draft"])
        text = unseal(sealed) if sealed else queries.draft(found).text
        content = self.written(text, sealed, output.suffix)
        try:
            output.write_bytes(content)
        except OSError as error:
            words = "son répertoire n’existe pas ou refuse l’écriture"
            raise CommandError(f"«\u00a0{output}\u00a0» ne peut pas être écrit\u00a0: {words}.") from error
        self.stdout.write(f"{output}\u00a0: {sealed or 'projet'}, {len(content) // 1024 + 1} Ko")

    def _asked(self, reorganisation: Reorganisation, number: int | None, *, draft: bool) -> SealedText | None:
        if number is None:
            return None if draft else self.usual(reorganisation)
        sealed = reorganisation.sealed_texts.filter(number=number).first()
        if sealed is None:
            raise CommandError(f"«\u00a0{reorganisation.code}\u00a0» n’a pas de texte scellé n° {number}.")
        return sealed
