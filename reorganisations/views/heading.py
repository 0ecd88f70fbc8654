"""The top of every page of one reorganisation: where it is, what it is, how far it has come, and its other pages."""

from typing import NamedTuple

from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.requests import SignedInRequest
from orgchart.french import clock, date
from orgchart.values import UnitId

from ..models import Reorganisation, Status
from ..permissions import can_arbitrate, can_run_workflow, can_see_draft, can_see_holders, can_see_sealed_texts
from ..queries import Draft

# The way as it is shown; a status beside it (reported, withdrawn) stands where it was left.
STEPS = (
    ("Projet", (Status.DRAFT,)),
    ("Soumis", (Status.SUBMITTED, Status.POSTPONED)),
    ("Avis rendu", (Status.OPINION_GIVEN,)),
    ("Décidé", (Status.DECIDED,)),
    ("En vigueur", (Status.PARTLY_IN_FORCE, Status.IN_FORCE)),
)
NOTES = {
    Status.POSTPONED: "reporté",
    Status.PARTLY_IN_FORCE: "pour partie",
}
# From then on each stage has its date, which the follow-up page gives.
DATED_BY_ITS_STAGES = {Status.DECIDED, Status.PARTLY_IN_FORCE, Status.IN_FORCE}
NEXT = {
    Status.DRAFT: "Soumettre au comité",
    Status.SUBMITTED: "Enregistrer l’avis",
    Status.POSTPONED: "Présenter à une autre séance",
    Status.OPINION_GIVEN: "Enregistrer la décision",
    Status.DECIDED: "Mettre en vigueur",
    Status.PARTLY_IN_FORCE: "Mettre en vigueur la suite",
}


class Heading(NamedTuple):
    crumbs: tuple[tuple[str, str], ...]
    facts: tuple[str, ...]
    steps: tuple[tuple[str, str, str], ...]
    tabs: tuple[tuple[str, str, bool], ...]
    report_url: str
    next_label: str
    next_url: str
    fictitious: bool
    edited: str
    followed: str
    followed_url: str


def heading(request: SignedInRequest, draft: Draft, current: str) -> Heading:
    """`current`: the URL name, in this room, of the page shown."""
    reorganisation, user = draft.reorganisation, request.user
    status = Status(reorganisation.status)
    follow_up = reverse("reorganisations:follow_up", args=[reorganisation.code])
    sees_draft = can_see_draft(user, reorganisation)
    sees_seals = sees_draft or can_see_sealed_texts(user, reorganisation)
    asks = can_run_workflow(user) and current != "follow_up" and status in NEXT
    return Heading(
        crumbs=crumbs(draft),
        facts=facts(draft),
        steps=steps(status),
        tabs=tabs(reorganisation, user, current, sees_draft=sees_draft, sees_seals=sees_seals),
        report_url=reverse("reorganisations:report", args=[reorganisation.code])
        if sees_seals and current != "report"
        else "",
        next_label=NEXT.get(status, ""),
        next_url=follow_up if asks else "",
        fictitious=draft.fictitious,
        edited=follow_up if sees_draft and draft.edited_since_sealed else "",
        followed=followed(draft) if can_arbitrate(user) and current != "since" else "",
        followed_url=reverse("reorganisations:since", args=[reorganisation.code]),
    )


def followed(draft: Draft) -> str:
    """« Le projet a suivi la version 3. », until somebody has read what that changed."""
    row = draft.reorganisation
    return f"Le projet a suivi la version {row.base_version.number}." if row.followed_from_id else ""


def crumbs(draft: Draft) -> tuple[tuple[str, str], ...]:
    unit = UnitId(draft.reorganisation.unit_uid)
    label = draft.before.unit_label(unit)
    return (
        ("Réorganisations", reverse("reorganisations:list")),
        (label, reverse("missions:unit", args=[unit]) if unit in draft.before.unit_by_id else ""),
    )


def facts(draft: Draft) -> tuple[str, ...]:
    """« Comité technique du 4 octobre 2021 · pour avis · date d'effet non renseignée · enregistré à 14 h 32 »."""
    reorganisation, item = draft.reorganisation, draft.agenda_item
    found = []
    if item:
        found += [f"{item.session.committee.label} du {date(item.session.held_on)}", item.get_kind_display().lower()]
    else:
        found.append("à l’ordre du jour d’aucune séance")
    effective = reorganisation.effective_on
    if effective:
        found.append(f"effet au {date(effective)}")
    elif reorganisation.status not in DATED_BY_ITS_STAGES:
        found.append("date d’effet non renseignée")
    if reorganisation.status == Status.WITHDRAWN:
        found.append("retirée")
    return (*found, saved(reorganisation))


def saved(reorganisation: Reorganisation) -> str:
    """« enregistré à 14 h 32 »."""
    moment = timezone.localtime(reorganisation.saved_at)
    day = "" if moment.date() == timezone.localdate() else f"le {date(moment.date())} "
    return f"enregistré {day}à {clock(moment)}"


def steps(status: Status) -> tuple[tuple[str, str, str], ...]:
    reached = next((rank for rank, (_, statuses) in enumerate(STEPS) if status in statuses), 0)
    found = []
    for rank, (label, _) in enumerate(STEPS):
        done = rank < reached or status is Status.IN_FORCE
        state = "done" if done else "current" if rank == reached else "next"
        found.append((label, state, NOTES.get(status, "") if rank == reached else ""))
    return tuple(found)


def tabs(
    reorganisation: Reorganisation, user: User, current: str, *, sees_draft: bool, sees_seals: bool
) -> tuple[tuple[str, str, bool], ...]:
    # In the order of the work: the organisation, what it does to people, other ways; then the text; then the committee.
    pages = [("Ce qui change", "what_changes")]
    if sees_draft:
        pages.append(("Atelier", "workspace"))
    if can_see_holders(user, reorganisation):
        pages.append(("Situations", "situations"))
    if sees_draft:
        if reorganisation.status == Status.DRAFT:
            pages.append(("Variantes", "variants"))
        pages.append(("Rédaction", "narrative"))
        pages.append(("Relecture", "review"))
    if sees_seals:
        pages.append(("Rapport", "report"))
        pages.append(("Dossier", "dossier"))
    pages.append(("Séance et décision", "follow_up"))
    return tuple(
        (label, reverse(f"reorganisations:{name}", args=[reorganisation.code]), name == current)
        for label, name in pages
    )
