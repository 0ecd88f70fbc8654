"""What a bourse may be prepared on: a post of the chart, an undetermined transformation, a post left vacant."""

from typing import NamedTuple

from django.utils import timezone

from missions.models import PendingTransformation, Post
from missions.permissions import VisibleHolders
from missions.queries import FoundPost, printed, search, structure_in_force
from orgchart.changes import TransformUndetermined
from orgchart.french import upper_first
from orgchart.structure import Structure
from orgchart.values import PostId
from reorganisations.models import Reorganisation
from reorganisations.queries import draft

from ..eligibility import AllOf, AnyRule, Eligibility, Exclusion, HasTitle, InUnit
from ..fiche import Fiche, fiche_of
from ..models import Posting, VacatedPost
from .targets import transformation

SIMILAR = 30
NOBODY = VisibleHolders()


class Target(NamedTuple):
    """`words`: what it is, for the top of the form. `pending` with its reorganisation, or neither."""

    post_uid: str
    words: str
    fiche: Fiche
    reorganisation: Reorganisation | None = None
    change: TransformUndetermined | None = None
    vacated: VacatedPost | None = None

    @property
    def pending(self) -> str:
        return str(self.change.id) if self.change else ""


def post_target(uid: str) -> Target | None:
    """The post that an undetermined transformation makes stands for the transformation."""
    pending = PendingTransformation.objects.filter(into__uid=uid).values_list("uid", flat=True).first()
    if pending and (made := transformation_target(pending)):
        return made
    chart = structure_in_force()
    post = chart.post_by_id.get(PostId(uid))
    if post is None:
        return None
    fiche = fiche_of(post, chart)
    vacated = VacatedPost.objects.filter(post_uid=uid, posting=None).select_related("outcome__posting").last()
    return Target(uid, f"{titled(fiche)}, {chart.unit_label(post.unit)}", fiche, vacated=vacated)


def transformation_target(pending: str, code: str = "") -> Target | None:
    """Of a reorganisation, even before it is decided; without its code, that which the transformation comes from."""
    found = Reorganisation.objects.filter(change_records__uid=pending)
    reorganisation = (found.filter(code=code) if code else found).order_by("-pk").first()
    change = transformation(reorganisation, pending) if reorganisation else None
    if reorganisation is None or change is None:
        return None
    chart = structure_in_force()
    if change.into.id not in chart.post_by_id:
        chart = draft(reorganisation).folded.structure
    post = chart.post_by_id.get(change.into.id)
    fiche = fiche_of(post, chart) if post else Fiche()
    words = f"{titled(fiche)}\u00a0: transformation à déterminer, «\u00a0{reorganisation.title}\u00a0»"
    return Target(change.into.id, words, fiche, reorganisation, change)


def target_of_posting(posting: Posting) -> Target:
    """What a bourse already prepared is on, as its own fiche names it."""
    title = posting.fiche.get("title") or posting.title
    where = posting.fiche.get("unit", "")
    change = (
        transformation(posting.reorganisation, posting.pending) if posting.pending and posting.reorganisation else None
    )
    words = ", ".join(filter(None, (title, where)))
    if change:
        words = f"{words}\u00a0: transformation à déterminer"
    return Target(posting.post_uid, words, Fiche(), posting.reorganisation, change)


def similar_posts(uid: str) -> list[tuple[str, str]]:
    """Other posts in force of the same unit, title and cotation: further places."""
    post = Post.objects.in_force().filter(uid=uid).first()
    if post is None or (post.title_id is None and not post.label):
        return []
    same = Post.objects.in_force().filter(
        unit__uid=post.unit_id, title__code=post.title_id, label=post.label, grade__code=post.grade_id
    )
    rows = same.exclude(pk=post.pk).select_related("title", "unit").order_by("position", "uid")[:SIMILAR]
    return [
        (each.uid, f"{printed(each)}, {each.unit.label}, n°\u00a0{rank}") for rank, each in enumerate(rows, start=2)
    ]


def posts_called(text: str) -> tuple[FoundPost, ...]:
    return search(text, NOBODY).posts if text.strip() else ()


def waiting_transformations() -> list[tuple[str, str]]:
    """Those in force that no bourse stands on: (pending, label)."""
    taken = Posting.objects.unfinished().exclude(pending="").values("pending")
    rows = PendingTransformation.objects.exclude(uid__in=taken).select_related("into__title", "into__unit")
    return [(row.uid, f"{row.into}, {row.into.unit.label}") for row in rows]


def usual_rule(change: TransformUndetermined, chart: Structure) -> Eligibility | None:
    """Those who hold the title of the candidate posts in their unit; whoever holds another there is excluded by name
    of title, for HR to say why. None when the posts are not in this chart, or without a title."""
    posts = [chart.post_by_id[each] for each in change.candidates if each in chart.post_by_id]
    titles = {post.title for post in posts}
    if not posts or None in titles:
        return None
    unit = posts[0].unit
    who: AnyRule = AllOf(of=(InUnit(unit=unit), HasTitle(titles=tuple(sorted(title for title in titles if title)))))
    others = {post.title for post in chart.posts_below(unit) if post.title} - titles
    others -= {change.into.title}
    excluded = tuple(Exclusion(rule=HasTitle(titles=(title,))) for title in sorted(title for title in others if title))
    return Eligibility(on=timezone.localdate(), who=who, excluded=excluded)


def titled(fiche: Fiche) -> str:
    title = upper_first(fiche.title) or "Poste sans intitulé"
    return f"{title} ({fiche.grade})" if fiche.grade else title
