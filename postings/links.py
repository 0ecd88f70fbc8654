"""What this room says on the pages of the rooms below: to prepare a bourse, or where the one that stands is."""

from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse

from accounts.models import User
from missions.gestures import Gesture
from orgchart import french
from reorganisations.bourses import BourseLink
from reorganisations.models import Reorganisation

from .models import Posting
from .permissions import can_prepare_postings, visible_to
from .status import PostingStatus

# A bourse of these says no more of the post.
PAST = (PostingStatus.ASSIGNED, PostingStatus.CANCELLED, PostingStatus.REOPENED)


def of_a_post(user: User, path: Sequence[str], post: str) -> Iterator[Gesture]:
    """For the human resources: the bourse that stands on the post, else to prepare one. One query."""
    if not post or not can_prepare_postings(user):
        return
    standing = Posting.objects.about(post).exclude(status__in=PAST).order_by("-pk").first()
    if standing is not None:
        yield Gesture(said(standing), reverse("postings:posting", args=[standing.code]))
    else:
        yield Gesture("Préparer une bourse", f"{reverse('postings:prepare')}?{urlencode({'poste': post})}")


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
        found[posting.pending] = BourseLink(said(posting), url, opened=True)
    return found


def said(posting: Posting) -> str:
    """« Bourse ouverte », « Bourse en préparation »."""
    return f"Bourse {french.lower_first(posting.get_status_display())}"
