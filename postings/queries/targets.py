"""What a bourse fills: a post of the chart, or the one that an undetermined transformation makes."""

from typing import NamedTuple

from missions.models import Post
from missions.queries import printed, structure_in_force
from orgchart import french
from orgchart.changes import TransformUndetermined
from orgchart.records import Post as PostRecord
from orgchart.structure import Structure
from reorganisations.models import Reorganisation
from reorganisations.models import Status as ReorganisationStatus
from reorganisations.queries import changes_of, draft, execution_of

from ..fiche import Fiche, fiche_of
from ..models import Posting
from ..status import UNTRIED, PostingStatus

DECIDED = frozenset({ReorganisationStatus.DECIDED, ReorganisationStatus.PARTLY_IN_FORCE, ReorganisationStatus.IN_FORCE})


class Unopened(NamedTuple):
    """« Transformé, jamais ouvert »: a transformation in force that no bourse was opened on.

    `prepared`: the code of the one in preparation, or empty.
    """

    pending: str
    post_uid: str
    label: str
    unit: str
    prepared: str = ""


def transformation(reorganisation: Reorganisation, pending: str) -> TransformUndetermined | None:
    """The change that opens the transformation: as voted once decided, else as the draft has it."""
    execution = execution_of(reorganisation) if reorganisation.status in DECIDED else None
    changes = execution.text.changes if execution else changes_of(reorganisation)
    found = (each for each in changes if each.id == pending and isinstance(each, TransformUndetermined))
    return next(found, None)


def known_post(post_uid: str, reorganisation: Reorganisation | None = None) -> tuple[PostRecord, Structure] | None:
    """The post and its chart: the one in force, else the one that the reorganisation plans."""
    charts = [structure_in_force()]
    if reorganisation is not None:
        charts.append(draft(reorganisation).folded.structure)
    for chart in charts:
        found = next((post for post in chart.posts if post.id == post_uid), None)
        if found is not None:
            return found, chart
    return None


def fiche_from_chart(post_uid: str, reorganisation: Reorganisation | None = None) -> Fiche:
    """To begin the fiche with; empty when the post is not known."""
    found = known_post(post_uid, reorganisation)
    return fiche_of(*found) if found else Fiche()


def is_in_force(posting: Posting) -> bool:
    """All its posts stand in the chart in force."""
    return Post.objects.in_force().filter(uid__in=posting.posts).count() == len(posting.posts)


def unopened_transformations() -> tuple[Unopened, ...]:
    """Two queries, whatever the number."""
    begun = dict(
        Posting.objects.filter(status=PostingStatus.PREPARATION).exclude(pending="").values_list("post_uid", "code")
    )
    tried = Posting.objects.exclude(status__in=UNTRIED)
    waiting = Post.objects.in_force().filter(pending__isnull=False).exclude(uid__in=tried.values("post_uid"))
    return tuple(
        Unopened(
            post.pending.uid, post.uid, french.upper_first(printed(post)), post.unit.label, begun.get(post.uid, "")
        )
        for post in waiting.select_related("title", "unit", "pending")
    )
