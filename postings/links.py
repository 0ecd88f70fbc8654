"""What this room says on the pages of the rooms below: to prepare a bourse, or where the one that stands is."""

from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import urlencode

from django.db.models import Exists, Q, Subquery
from django.urls import reverse

from accounts.models import User
from missions.gestures import Gesture
from missions.models import Post
from orgchart import french
from reorganisations.bourses import BourseLink
from reorganisations.models import Reorganisation

from .models import Posting
from .permissions import can_prepare_postings, visible_to
from .status import UNTRIED, PostingStatus

NEVER_OPENED = "Transformé, jamais ouvert"
# A bourse of these says no more of the post.
PAST = (PostingStatus.ASSIGNED, PostingStatus.CANCELLED, PostingStatus.REOPENED)


def of_a_post(user: User, path: Sequence[str], post: str) -> Iterator[Gesture]:
    """For the human resources: the bourse that stands on the post, else to prepare one. One query.

    A post that a transformation in force made, and that no bourse was opened on, says so.
    """
    if not post or not can_prepare_postings(user):
        return
    about = Posting.objects.about(post)
    standing = about.exclude(status__in=PAST).order_by("-pk")
    found = (
        Post.objects.in_force()
        .filter(uid=post)
        .annotate(
            code=Subquery(standing.values("code")[:1]),
            state=Subquery(standing.values("status")[:1]),
            tried=Exists(about.exclude(status__in=UNTRIED)),
        )
    )
    row = found.values("code", "state", "tried", "pending__uid").first()
    if row is None:
        return
    alert = f"{NEVER_OPENED}\u00a0: " if row["pending__uid"] and not row["tried"] else ""
    if row["code"]:
        state = french.lower_first(PostingStatus(row["state"]).label)
        yield Gesture(
            f"{alert}bourse {state}" if alert else f"Bourse {state}", reverse("postings:posting", args=[row["code"]])
        )
    else:
        query = urlencode({"poste": post})
        label = f"{alert}préparer la bourse" if alert else "Préparer une bourse"
        yield Gesture(label, f"{reverse('postings:prepare')}?{query}")


def of_transformations(user: User, reorganisation: Reorganisation, pendings: Sequence[str]) -> Mapping[str, BourseLink]:
    """The newest bourse of each that the user may see; else, for the human resources, to prepare one. One query."""
    prepares = can_prepare_postings(user)
    found: dict[str, BourseLink] = {}
    if prepares:
        for pending in pendings:
            query = urlencode({"transformation": pending, "reorganisation": reorganisation.code})
            found[pending] = BourseLink("Préparer la bourse", f"{reverse('postings:prepare')}?{query}", opened=False)
    standing = visible_to(user).filter(reorganisation=reorganisation, pending__in=pendings)
    for posting in standing.filter(~Q(status=PostingStatus.CANCELLED)).order_by("pk"):
        url = reverse("postings:posting", args=[posting.code])
        found[posting.pending] = BourseLink(said(posting), url, opened=posting.status not in UNTRIED)
    return found


def said(posting: Posting) -> str:
    """« Bourse ouverte », « Bourse en préparation »."""
    return f"Bourse {french.lower_first(posting.get_status_display())}"
