"""What the decision acts follow from: the acts recorded, the opinion, the rules of the session, the employer."""

from collections.abc import Iterable
from typing import NamedTuple

from missions.queries import employer
from orgchart import french
from orgchart.dossier.acts import ActFacts, created_emplois
from orgchart.dossier.tables import Figures

from ..models import Confirmation, Decision, Opinion, Reorganisation, Status
from ..sealing import Facts
from .execution import last_opinion
from .records import rules_on

DECIDED = (Status.DECIDED, Status.PARTLY_IN_FORCE, Status.IN_FORCE)


def standing_acts(reorganisation: Reorganisation) -> tuple[Decision, ...]:
    """The acts that stand, in the order in which they were recorded: the first one decided."""
    found = reorganisation.decisions.filter(set_aside_at__isnull=True)
    return tuple(found.order_by("recorded_at", "pk"))


def act_facts(reorganisation: Reorganisation, facts: Facts, kind: Decision.Kind) -> ActFacts:
    """`facts`: of the text; `kind`: of the act to be written, which takes its number and date from the one recorded."""
    acts = standing_acts(reorganisation)
    own = next((act for act in reversed(acts) if act.kind == kind), None)
    opinion = last_opinion(reorganisation)
    session = opinion.agenda_item.session if opinion else None
    held_on = session.held_on if session else facts.session_on
    rules = rules_on(held_on) if held_on else None
    known = employer()
    return ActFacts(
        employer=known.name if known else "",
        number=own.number if own else "",
        dated_on=own.dated_on if own else None,
        signatory=own.signatory if own else "",
        opinions=_opinions(opinion) if opinion else (),
        committee=session.committee.label if session else "",
        session_on=held_on,
        legal_source=rules.legal_source if rules else "",
        deliberation=_reference(acts, Decision.Kind.DELIBERATION),
        order=_reference(acts, Decision.Kind.ORDER),
    )


def _opinions(opinion: Opinion) -> tuple[str, ...]:
    """« avis favorable des représentants du personnel », of the colleges whose opinion is known."""
    return tuple(
        f"{french.lower_first(each.get_outcome_display())} des {french.lower_first(each.get_college_display())}"
        for each in opinion.colleges.order_by("pk")
        if each.outcome != "inconnu"
    )


def _reference(acts: Iterable[Decision], kind: Decision.Kind) -> str:
    """« n° 2021-7 du 10 décembre 2021 »."""
    return french.join(
        f"n°\u00a0{act.number} du {french.date(act.dated_on)}" if act.number else f"du {french.date(act.dated_on)}"
        for act in acts
        if act.kind == kind
    )


class Undeliberated(NamedTuple):
    """So many posts created by a text that no deliberation decided; `reason`: what the human resources confirm."""

    posts: int
    reason: str = ""

    @property
    def words(self) -> str:
        created = french.count(self.posts, "emploi créé", "emplois créés")
        return f"{created} par le texte, aucune délibération parmi les actes enregistrés."


def undeliberated(reorganisation: Reorganisation, counted: Figures, acts: Iterable[Decision]) -> Undeliberated | None:
    """None before a decision, without any post created, or when a deliberation stands."""
    posts = len(created_emplois(counted))
    deliberated = any(act.kind == Decision.Kind.DELIBERATION for act in acts)
    if not posts or deliberated or reorganisation.status not in DECIDED:
        return None
    said = reorganisation.confirmations.filter(subject=Confirmation.Subject.NO_DELIBERATION).first()
    return Undeliberated(posts, said.reason if said else "")
