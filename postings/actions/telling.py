"""Everybody concerned is told, in the application at once and by a letter that a task sends; each telling is kept."""

import logging
from collections.abc import Iterable

from django.core.mail import send_mail
from django.db import transaction

from accounts.actions import record_event
from accounts.models import User
from missions.models import Agent

from ..exceptions import NotEditable
from ..letters import letter
from ..models import Notice, Posting
from ..permissions import check_actor, check_can_manage_posting
from ..status import PostingStatus
from ..told import is_again, now

logger = logging.getLogger(__name__)

NO_ADDRESS = "Aucune adresse électronique connue."
NOT_SENT = "Le courriel n’a pas pu partir."


def tell(*, posting: Posting, kind: Notice.Kind, agents: Iterable[str], again: bool = False) -> int:
    """In the application, once for each agent; the letters go when the transaction is over. Returns how many are new.

    `again`: what was told has changed (an interview that moves), so it is to read anew and a letter goes anew.
    Part of another action, inside its transaction.
    """
    from ..tasks import send_letters_of

    wanted = list(dict.fromkeys(agents))
    told = set(
        Notice.objects.filter(
            posting=posting, kind=kind, channel=Notice.Channel.IN_APP, agent__uid__in=wanted
        ).values_list("agent__uid", flat=True)
    )
    new = [uid for uid in wanted if uid not in told]
    if again and told:
        rows = Notice.objects.filter(posting=posting, kind=kind, agent__uid__in=told)
        rows.filter(channel=Notice.Channel.IN_APP).update(at=now(), read_at=None)
        rows.filter(channel=Notice.Channel.MAIL).update(failure=NOT_SENT)
    Notice.objects.bulk_create(
        Notice(posting=posting, agent_id=uid, kind=kind, channel=Notice.Channel.IN_APP, at=now()) for uid in new
    )
    if wanted and not is_again():
        transaction.on_commit(lambda: send_letters_of.enqueue(posting.uid, kind.value))
    return len(new)


@transaction.atomic
def tell_eligible(*, posting: Posting, by: User | None) -> int:
    """Those of the frozen list who were not told yet, and the letters that could not be sent: while one may apply.

    Raises NotAllowed, NotEditable.
    """
    check_actor(by, lambda user: check_can_manage_posting(user, posting))
    if posting.status != PostingStatus.OPEN:
        raise NotEditable("La bourse n’est pas ouverte\u00a0: il n’y a personne à prévenir.")
    agents = list(posting.eligible.values_list("agent__uid", flat=True))
    number = tell(posting=posting, kind=Notice.Kind.OPENED, agents=agents)
    record_event(
        verb="tell_eligible", target=posting, by=by, summary="Agents éligibles informés.", details={"new": number}
    )
    return number


def send_letters(*, posting: Posting, kind: Notice.Kind) -> int:
    """To those told in the application who have no letter yet, or whose letter failed. Returns how many went.

    Each is kept before it is sent, so that nobody gets two; one that fails is kept with its failure, to be tried again.
    """
    told = Notice.objects.filter(posting=posting, kind=kind)
    sent = told.filter(channel=Notice.Channel.MAIL, failure="").values("agent")
    waiting = told.filter(channel=Notice.Channel.IN_APP).exclude(agent__in=sent).values("agent")
    said = letter(posting, kind)
    number = 0
    for agent in Agent.objects.filter(uid__in=waiting).select_related("user").order_by("pk"):
        with transaction.atomic():
            notice, _ = Notice.objects.select_for_update().get_or_create(
                posting=posting, agent=agent, kind=kind, channel=Notice.Channel.MAIL, defaults={"failure": NOT_SENT}
            )
            if not notice.failure:
                continue
            notice.at, notice.failure = now(), _send(agent.user, said.subject, said.body)
            notice.save(update_fields=["at", "failure"])
        number += not notice.failure
    return number


@transaction.atomic
def read_notice(*, notice: Notice, by: User) -> Notice:
    """The agent saw it. Somebody else's changes nothing."""
    if notice.read_at is None and notice.agent.user_id == by.pk:
        notice.read_at = now()
        notice.save(update_fields=["read_at"])
    return notice


def _send(user: User | None, subject: str, body: str) -> str:
    """The failure, or nothing."""
    if user is None or not user.is_active:
        return NO_ADDRESS
    try:
        send_mail(subject, body, None, [user.email])
    except Exception:  # whatever the server of letters answers, the others get theirs
        logger.exception("A letter of the bourse could not be sent")
        return NOT_SENT
    return ""
