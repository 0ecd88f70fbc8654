"""Le procès-verbal d’une bourse: what was opened and to whom, who was told, how it was examined, decided and why."""

import datetime
from collections.abc import Iterator
from itertools import groupby

from django.utils import timezone

from missions.moments import moment
from orgchart import french
from orgchart.dossier import Block, Bullets, Column, Group, Heading, Paragraph, Part, Table
from reorganisations.documents.papers import Paper, Signature
from reorganisations.documents.source import printable

from ..fiche import Fiche, read_fiche, unseal
from ..models import (
    Application,
    ApplicationStatus,
    EligiblePerson,
    JuryMember,
    Notice,
    Outcome,
    Posting,
    PostingStatus,
)
from ..queries.record import PostingRecord
from ..queries.warnings import posting_warnings
from .naming import Named, Unnamed

NOBODY = "Aucune candidature n’a été déposée."


def minutes(record: PostingRecord, *, employer: str, nominative: bool) -> Paper:
    """`employer`: its name, empty when nobody has set it."""
    posting = record.posting
    names = Named() if nominative else Unnamed(record)
    outcome = record.outcome
    heading = Heading(
        committee="Bourse interne",
        session=f"décidée le {french.date(_day(outcome.decided_at))}" if outcome else "en cours",
        units=(employer,) if employer else (),
        kind="Procès-verbal de la bourse" if nominative else "Procès-verbal de la bourse, sans les noms",
        title=names.text(posting.title),
        mark="" if outcome else "Projet de procès-verbal",
        fictitious=posting.fictitious,
    )
    parts = (
        Part("objet", "Ce qui est ouvert", tuple(_object(record, names))),
        Part("regles", "À qui, et sous quelles règles", tuple(_rules(record, names))),
        Part("eligibles", "Agents éligibles", tuple(_eligible(record, names))),
        Part("candidatures", "Candidatures", tuple(_applications(record, names))),
        Part("recevabilite", "Recevabilité", tuple(_admissibility(record, names))),
        Part("jury", "Jury", tuple(_jury(record, names))),
        Part("criteres", "Critères", tuple(_criteria(record))),
        Part("classement", "Examen et classement", tuple(_ranking(record, names))),
        Part("issue", "Issue", tuple(_outcome(record, names))),
        Part("recours", "Voies et délais de recours", tuple(_appeals(record, names))),
    )
    version = "" if nominative else "-sans-noms"
    paper = Paper(heading, parts, f"proces-verbal-bourse-{posting.code}{version}", tuple(_signatures(record, names)))
    return printable(paper)


# What was opened


def _object(record: PostingRecord, names: Named) -> Iterator[Block]:
    posting, fiche = record.posting, fiche_as_published(record.posting)
    reorganisation = posting.reorganisation
    facts = [
        f"Poste\u00a0: {fiche.title or french.UNKNOWN}",
        f"Unité\u00a0: {fiche.unit or french.UNKNOWN_FEMININE}",
        f"Cotation\u00a0: {fiche.grade or french.UNKNOWN_FEMININE}",
        f"Nombre de places\u00a0: {posting.places}",
    ]
    if posting.pending and reorganisation is not None:
        facts.append(
            f"Issu d’une transformation à déterminer de la réorganisation «\u00a0{reorganisation.title}\u00a0»"
        )
    elif reorganisation is not None:
        facts.append(f"Réorganisation\u00a0: {reorganisation.title}")
    if posting.wave > 1:
        facts.append(f"Vague {posting.wave}, à la suite d’une bourse infructueuse")
    elif posting.parent_id:
        facts.append("Poste laissé vacant par l’issue d’une autre bourse")
    facts.append(f"Pièces demandées\u00a0: {french.join(posting.pieces) or 'aucune'}")
    if posting.fiche_sha256:
        facts.append(f"Fiche de poste scellée à la publication, empreinte SHA-256 {by_eights(posting.fiche_sha256)}")
    yield Bullets(tuple(names.text(each) for each in facts))


def by_eights(digest: str) -> str:
    """« e3e74588 606c405e … »: read by eye, and broken across lines where it is not cut in two by a hyphen."""
    return " ".join(digest[at : at + 8] for at in range(0, len(digest), 8))


def fiche_as_published(posting: Posting) -> Fiche:
    return unseal(posting.sealed_fiche) if posting.sealed_fiche else read_fiche(posting.fiche)


def _rules(record: PostingRecord, names: Named) -> Iterator[Block]:
    posting = record.posting
    yield Paragraph(f"{posting.get_scope_display()}.")
    yield Paragraph(names.text(record.rule))
    yield Bullets(
        (
            f"Publiée le\u00a0: {_at(posting.published_at)}",
            f"Ouverture\u00a0: prévue le {_at(posting.opens_at)}, faite le {_at(posting.opened_at)}",
            f"Clôture\u00a0: prévue le {_at(posting.closes_at)}, faite le {_at(posting.closed_at)}",
            f"Déclaration au centre de gestion (DVE)\u00a0: {posting.dve_number or 'numéro non renseigné'}, "
            f"publicité le {_on(posting.dve_published_on)}",
            f"Validation juridique\u00a0: {posting.legal_number or 'numéro non renseigné'}, le {_on(posting.legal_on)}",
        ),
        heading="Dates et déclarations",
    )
    warnings = posting_warnings(posting)
    if warnings:
        yield Bullets(tuple(names.text(each) for each in warnings), heading="Points signalés par l’application")


# Who could apply


def _eligible(record: PostingRecord, names: Named) -> Iterator[Block]:
    if record.posting.opened_at is None:
        yield Paragraph("La liste est arrêtée à l’ouverture de la bourse.")
        return
    people = record.eligible
    number = french.count(len(people), "agent éligible", "agents éligibles")
    yield Paragraph(f"Liste arrêtée le {_at(record.posting.opened_at)}\u00a0: {number}.")
    if not people:
        return
    if names.nominative:
        rows = tuple(
            (str(each.agent), " ".join(each.reasons) or french.UNKNOWN, _told(record, each)) for each in people
        )
        columns = (Column("Agent", width=20), Column("Motif"), Column("Informé", width=20))
        yield Table("Agents éligibles, motif et information", columns, (Group("", rows),))
        return
    by_reason = sorted(people, key=lambda each: each.reasons)
    groups = [(reasons, list(same)) for reasons, same in groupby(by_reason, key=lambda each: each.reasons)]
    rows = tuple(
        (str(len(same)), names.text(" ".join(reasons)) or french.UNKNOWN, _told_together(record, same))
        for reasons, same in groups
    )
    columns = (Column("Agents", number=True, width=10), Column("Motif"), Column("Informés", width=20))
    yield Table("Agents éligibles par motif, et information", columns, (Group("", rows),))


def _told(record: PostingRecord, person: EligiblePerson) -> str:
    """« dans l’application le 3 janvier 2022 à 9 h 00, courriel le 3 janvier 2022 à 9 h 01 »."""
    ways = record.told.get(person.agent_id, {})
    said = []
    for channel, label in ((Notice.Channel.IN_APP, "dans l’application"), (Notice.Channel.MAIL, "par courriel")):
        notice = ways.get(channel)
        if notice is not None:
            said.append(
                f"{label}\u00a0: {french.lower_first(notice.failure)}"
                if notice.failure
                else f"{label} le {_at(notice.at)}"
            )
    return french.upper_first("\u00a0; ".join(said)) or "Non informé"


def _told_together(record: PostingRecord, people: list[EligiblePerson]) -> str:
    notices = [record.told.get(each.agent_id, {}) for each in people]
    seen = [each[Notice.Channel.IN_APP] for each in notices if Notice.Channel.IN_APP in each]
    mailed = [each[Notice.Channel.MAIL] for each in notices if Notice.Channel.MAIL in each]
    sent = [each for each in mailed if not each.failure]
    if not seen:
        return "Non informés"
    days = sorted({_day(each.at) for each in seen})
    words = f"{len(seen)} dans l’application le {french.join(french.date(day) for day in days)}"
    return f"{words}\u00a0; {len(sent)} par courriel"


# Who applied


def _applications(record: PostingRecord, names: Named) -> Iterator[Block]:
    late = french.count(
        len(record.late), "arrivée après la clôture et refusée", "arrivées après la clôture et refusées"
    )
    yield Bullets(
        (
            french.count(len(record.standing), "candidature"),
            french.count(len(record.withdrawn), "retirée par son auteur", "retirées par leurs auteurs"),
            late,
        )
    )
    if not record.applications:
        yield Paragraph(NOBODY)
        return
    rows = tuple(
        (
            names.candidate(each),
            _at(each.submitted_at),
            f"retirée le {_at(each.withdrawn_at)}" if each.withdrawn_at else "–",
        )
        for each in record.applications
    )
    columns = (Column("Candidature"), Column("Déposée le", width=33), Column("Retrait", width=33))
    yield Table("Candidatures, dans l’ordre de leur dépôt", columns, (Group("", rows),))


def _admissibility(record: PostingRecord, names: Named) -> Iterator[Block]:
    if not record.standing:
        yield Paragraph("Sans objet.")
        return
    rows = tuple((names.candidate(each), *_admitted(each, names)) for each in record.standing)
    columns = (Column("Candidature", width=33), Column("Recevabilité", width=20), Column("Motif"))
    yield Table("Recevabilité de chaque candidature", columns, (Group("", rows),))


def _admitted(application: Application, names: Named) -> tuple[str, str]:
    if not hasattr(application, "admissibility"):
        return "non examinée", ""
    found = application.admissibility
    return str(found).lower(), names.text(found.reason) or ("–" if found.admissible else french.UNKNOWN)


# The jury


def _jury(record: PostingRecord, names: Named) -> Iterator[Block]:
    if not record.jury:
        yield Paragraph("Le jury n’est pas désigné.")
        return
    rows = tuple(
        (names.member(each), _capacity(each, names), _declared(each, names), _stepped_aside(record, each, names))
        for each in record.jury
    )
    columns = (
        Column("Membre", width=20),
        Column("Qualité", width=20),
        Column("Liens d’intérêts déclarés", width=20),
        Column("S’est retiré de l’examen de"),
    )
    yield Table("Membres du jury, et liens d’intérêts", columns, (Group("", rows),))


def _capacity(member: JuryMember, names: Named) -> str:
    said = names.text(member.capacity) or french.UNKNOWN_FEMININE
    return f"{said} (préside)" if member.president else said


def _declared(member: JuryMember, names: Named) -> str:
    if member.declared_at is None:
        return "déclaration non faite"
    return names.text(member.declaration) or "aucun"


def _stepped_aside(record: PostingRecord, member: JuryMember, names: Named) -> str:
    numbers = {each.pk: each for each in record.applications}
    said = []
    for tie in record.ties_of(member):
        application = numbers.get(tie.application_id)
        if application is not None:
            said.append(f"{names.candidate(application)}{f', {names.text(tie.reason)}' if tie.reason else ''}")
    return "\u00a0; ".join(said) or "–"


def _criteria(record: PostingRecord) -> Iterator[Block]:
    if not record.criteria:
        yield Paragraph("Les critères ne sont pas renseignés.")
        return
    rows = tuple((each.label, str(each.weight)) for each in record.criteria)
    columns = (Column("Critère"), Column("Coefficient", number=True, width=20))
    yield Table("Critères annoncés à la publication", columns, (Group("", rows),))


# The examination


def _ranking(record: PostingRecord, names: Named) -> Iterator[Block]:
    heard = [each for each in record.standing if hasattr(each, "interview") and each.interview.held_at]
    for each in heard:
        yield Paragraph(f"{names.candidate(each)}\u00a0: entretien du {_at(each.interview.starts_at)}.")
    if not heard:
        yield Paragraph("Aucun entretien n’est enregistré.")
    if not record.ranked:
        yield Paragraph("Aucune candidature n’est classée.")
    else:
        rows = tuple(
            (
                _rank(each),
                names.candidate(each),
                names.text(each.ranking.opinion) or "–",
                "oui" if each.ranking.proposed else "non",
            )
            for each in record.ranked
        )
        columns = (
            Column("Rang", width=10),
            Column("Candidature", width=20),
            Column("Avis motivé"),
            Column("Proposée", width=15),
        )
        yield Table("Classement du jury", columns, (Group("", rows),))
    if record.proposal is not None:
        yield Paragraph(
            f"Proposition du jury, le {_at(record.proposal.proposed_at)}\u00a0: {names.text(record.proposal.reason)}"
        )
        if record.proposal.tie_break:
            yield Paragraph(f"Départage des ex æquo\u00a0: {names.text(record.proposal.tie_break)}")


def _rank(application: Application) -> str:
    ranking = application.ranking
    if ranking.rank is None:
        return "sans rang"
    return f"{ranking.rank} ex æquo" if ranking.tied else str(ranking.rank)


# What was decided


def _outcome(record: PostingRecord, names: Named) -> Iterator[Block]:
    posting, outcome = record.posting, record.outcome
    if outcome is None:
        if posting.status == PostingStatus.CANCELLED:
            yield Paragraph(
                f"Bourse annulée le {_at(posting.cancelled_at)}\u00a0: {names.text(posting.cancelled_reason)}"
            )
        else:
            yield Paragraph("La décision n’est pas prise.")
        return
    yield Paragraph(_decided(outcome, names))
    rows = tuple(
        (
            names.candidate(each),
            "retenue" if each.status == ApplicationStatus.RETAINED else "non retenue",
            names.text(each.decision.reason),
        )
        for each in record.standing
        if hasattr(each, "decision")
    )
    if rows:
        columns = (Column("Candidature", width=33), Column("Décision", width=20), Column("Motif"))
        yield Table("Décision sur chaque candidature, et son motif", columns, (Group("", rows),))


def _decided(outcome: Outcome, names: Named) -> str:
    day = french.date(_day(outcome.decided_at))
    if outcome.kind == Outcome.Kind.UNFILLED:
        return f"Bourse déclarée infructueuse le {day}. Motif\u00a0: {names.text(outcome.reason)}"
    said = f"Bourse pourvue, décision du {day}, affectation à compter du {_on(outcome.effective_on)}."
    return f"{said} {names.text(outcome.reason)}".strip()


def _appeals(record: PostingRecord, names: Named) -> Iterator[Block]:
    outcome = record.outcome
    if outcome is None:
        yield Paragraph("Elles sont indiquées avec la décision.")
        return
    yield Paragraph(names.text(outcome.appeal_ways) or "Non renseignées.")
    until = french.date(outcome.appeal_until) if outcome.appeal_until else "date non renseignée"
    yield Paragraph(f"Recours possible jusqu’au\u00a0: {until}.")


def _signatures(record: PostingRecord, names: Named) -> Iterator[Signature]:
    president = next((each for each in record.jury if each.president), None)
    yield Signature("La présidence du jury", names.member(president) if president else "", "")
    yield Signature("L’autorité qui décide", "", "")


def _day(at: datetime.datetime) -> datetime.date:
    return timezone.localtime(at).date()


def _at(at: datetime.datetime | None) -> str:
    return moment(at) if at else french.UNKNOWN


def _on(day: datetime.date | None) -> str:
    return french.date(day) if day else french.UNKNOWN
