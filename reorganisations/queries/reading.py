"""A reorganisation as somebody may read it: the draft itself, or the text that was sealed."""

from functools import cached_property

from orgchart.changes import AnyChange
from orgchart.dossier.tables import Figures
from orgchart.structure import Structure
from orgchart.values import UnitId

from ..models import Reorganisation, SealedText
from ..sealing import Text, unseal
from .draft import Draft
from .execution import voted_text


class SealedReading(Draft):
    """The draft as one sealed text has it, whatever was edited since."""

    def __init__(self, reorganisation: Reorganisation, sealed: SealedText) -> None:
        super().__init__(reorganisation)
        self.sealed = sealed

    @cached_property
    def sealed_content(self) -> Text:
        return unseal(self.sealed)

    @cached_property
    def before(self) -> Structure:
        return self.sealed_content.before

    @cached_property
    def changes(self) -> tuple[AnyChange, ...]:
        return self.sealed_content.changes

    @property
    def text(self) -> Text:
        return self.sealed_content


def figures(draft: Draft) -> Figures:
    """What the draft counts for its perimeter, without the changes that cannot be made."""
    refused = {refusal.change.id for refusal in draft.folded.refusals}
    made = tuple(change for change in draft.in_fold_order if change.id not in refused)
    return Figures(draft.difference, made, UnitId(draft.reorganisation.unit_uid))


def reading(reorganisation: Reorganisation, *, live: bool) -> Draft:
    """`live`: the draft as it stands. Otherwise the text voted, or the last one sealed; the draft if none ever was."""
    sealed = None if live else voted_text(reorganisation) or reorganisation.sealed_texts.order_by("number").last()
    return SealedReading(reorganisation, sealed) if sealed else Draft(reorganisation)
