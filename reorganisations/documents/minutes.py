"""Le procès-verbal: who was there, the quorum, each item with what was said, voted and concluded, the signatures.

Members of the committee are named, it is their own record; agents never are.
"""

from collections.abc import Iterator
from itertools import groupby

from orgchart import french
from orgchart.dossier import Block, Bullets, Column, Group, Paragraph, Part, Table
from orgchart.dossier.blocks import Passage

from ..follow_up.opinions import COLUMNS
from ..minutes import SIGNATURES, MinutesState, minutes_state
from ..models import AgendaItem, Attendance, College, CollegeOpinion, Opinion, Outcome, Presence, Session, Vote
from ..queries.records import quorums
from ..queries.sessions import SessionRecord
from ..votes import Quorum
from .convocation import agenda_blocks, source
from .papers import Paper, Signature, agenda_number, hour, session_heading
from .source import printable

MARKS = {
    MinutesState.DRAFT: "Projet de procès-verbal",
    MinutesState.SIGNING: "En cours de signature",
    MinutesState.SIGNED: "Non encore approuvé",
    MinutesState.APPROVED: "",
}
# Column of a vote → what is said of its voices: « 4 pour, 1 abstention ».
VOICES = (
    ("in_favour", "pour", "pour"),
    ("against", "contre", "contre"),
    ("abstentions", "abstention", "abstentions"),
    ("not_taking_part", "ne prenant pas part au vote", "ne prenant pas part au vote"),
    ("absent", "absent", "absents"),
)


def minutes(record: SessionRecord, *, employer: str) -> Paper:
    """`employer`: its name, empty when nobody has set it."""
    session = record.session
    heading = session_heading(session, kind="Procès-verbal", mark=MARKS[minutes_state(session)], employer=employer)
    parts = (
        Part("seance", "Séance", (Bullets(tuple(_facts(session))),)),
        Part("presences", "Présences", tuple(_attendance(record))),
        Part("quorum", "Quorum", tuple(Paragraph(words) for words in _quorum(record))),
        Part("ordre-du-jour", "Ordre du jour", tuple(agenda_blocks(record))),
        *(_item(item, rank) for rank, item in enumerate(record.items, 1)),
        Part("fin", "Fin de la séance", tuple(Paragraph(words) for words in _end(session))),
    )
    signatures = tuple(
        Signature(role, getattr(session, name), french.date(on) if (on := getattr(session, column)) else "")
        for role, column, name in SIGNATURES
    )
    return printable(Paper(heading, parts, f"proces-verbal-{session.held_on.isoformat()}", signatures))


def _facts(session: Session) -> Iterator[str]:
    yield f"Date\u00a0: {french.date(session.held_on)}"
    yield f"Ouverture\u00a0: {hour(session.opened_at) or french.UNKNOWN_FEMININE}"
    yield f"Lieu\u00a0: {session.place or french.UNKNOWN}"
    yield f"Président\u00a0: {session.president or french.UNKNOWN}"
    yield f"Secrétaire de séance\u00a0: {session.secretary or french.UNKNOWN}"
    yield f"Secrétaire adjoint\u00a0: {session.deputy_secretary or french.UNKNOWN}"
    sent = french.date(session.convoked_on) if session.convoked_on else french.UNKNOWN
    yield f"Convocation envoyée le\u00a0: {sent}{', en urgence' if session.urgent else ''}"


# Who was there


def _attendance(record: SessionRecord) -> Iterator[Block]:
    if not record.attendances:
        yield Paragraph("Les présences ne sont pas renseignées.")
        return
    staff_first = sorted(record.attendances, key=lambda line: (line.college != College.STAFF, line.union))
    groups = tuple(
        Group(title, tuple((member_of(line), seat_of(line), presence_of(line)) for line in lines))
        for title, lines in groupby(staff_first, key=group_of)
    )
    columns = (Column("Membre", width=35), Column("Siège", width=20), Column("Présence"))
    yield Table(f"{french.count(len(record.attendances), 'membre')}, par collège et organisation", columns, groups)


def group_of(line: Attendance) -> str:
    college = College(line.college).label
    return f"{college} – {line.union}" if line.union else college


def member_of(line: Attendance) -> str:
    return line.name or french.UNKNOWN


def seat_of(line: Attendance) -> str:
    return "suppléant" if line.substitute else "titulaire"


def presence_of(line: Attendance) -> str:
    """« présent, arrivé à 9 h 45 », « représenté, délégation à Dominique Fictif »."""
    words = Presence(line.presence).label.lower()
    if line.presence == Presence.REPRESENTED:
        holder = line.represented_by
        return f"{words}, délégation à {member_of(holder)}" if holder else f"{words}, délégation non renseignée"
    hours = [
        f"{word} à {hour(at)}" for word, at in (("arrivé", line.arrived_at), ("parti", line.left_at)) if at is not None
    ]
    return ", ".join([words, *hours])


def _quorum(record: SessionRecord) -> Iterator[str]:
    session, rules = record.session, record.rules
    yield _present("Représentants du personnel", session.staff_present, session.staff_seats)
    yield _present("Représentants de l’employeur", session.employer_present, session.employer_seats)
    voice = "a voix délibérative" if session.employer_votes else "ne prend pas part aux votes"
    yield f"Le collège de l’employeur {voice}."
    if session.after_failed_quorum:
        yield "La séance fait suite à une séance sans quorum\u00a0: elle se tient quel que soit le nombre de présents."
    elif rules is not None:
        yield f"{_reached(quorums(session, rules))} ({source(rules, 'quorum')})."


def _present(college: str, present: int | None, seats: int | None) -> str:
    if present is None:
        return f"{college}\u00a0: présents à l’ouverture non renseignés."
    of = f"sur {french.count(seats, 'siège')}" if seats is not None else "(nombre de sièges non renseigné)"
    return f"{college}\u00a0: {french.count(present, 'présent')} à l’ouverture {of}."


def _reached(found: tuple[Quorum, ...]) -> str:
    if any(each.reached is False for each in found):
        return "Le quorum n’est pas atteint à l’ouverture"
    if any(each.reached is None for each in found):
        return "Le quorum n’est pas vérifiable\u00a0: des présences ou des sièges ne sont pas renseignés"
    return "Le quorum est atteint à l’ouverture"


# Each item


def _item(item: AgendaItem, rank: int) -> Part:
    number = agenda_number(item)
    title = f"Point {number} – {item.label}" if item.number is not None else item.label
    return Part(f"point-{rank}", title, tuple(_blocks(item)))


def _blocks(item: AgendaItem) -> Iterator[Block]:
    opinion: Opinion | None = getattr(item, "opinion", None)
    yield Paragraph(f"{item.get_kind_display()}.")
    if opinion is not None:
        yield Paragraph(f"Texte voté\u00a0: {french.lower_first(str(opinion.sealed_text))}.")
    yield Passage("Débats", item.debate)
    for statement in item.statements.all():
        title = f"Déclaration\u00a0: {statement.author}"
        file = f"Fichier joint au procès-verbal\u00a0: {statement.file_name}."
        if statement.text:
            yield Passage(title, statement.text)
            if statement.file_name:
                yield Paragraph(file)
        else:
            yield Bullets((file,), heading=title)
    if opinion is not None:
        yield from _opinion(opinion)
    elif item.reorganisation is not None and item.kind == AgendaItem.Kind.FOR_OPINION:
        yield Paragraph("L’avis n’est pas renseigné.")
    if item.conclusion:
        yield Paragraph(f"Conclusion\u00a0: {item.conclusion}")


def _opinion(opinion: Opinion) -> Iterator[Block]:
    votes = list(opinion.votes.all())
    if votes:
        yield _votes(votes)
    for vote in votes:
        if vote.explanation:
            yield Passage(f"Explication de vote\u00a0: {_voter(vote)}", vote.explanation)
    for said in opinion.colleges.all():
        yield Paragraph(outcome_words(said, [vote for vote in votes if vote.college == said.college]))
    if opinion.remarks:
        yield Passage("Observations", opinion.remarks)


def _votes(votes: list[Vote]) -> Table:
    columns = (Column("Organisation"), *(Column(label, number=True) for _, label in COLUMNS))
    groups = tuple(
        Group(
            College(college).label,
            tuple((_voter(vote), *(str(getattr(vote, name)) for name, _ in COLUMNS)) for vote in cast),
        )
        for college, cast in groupby(votes, key=lambda vote: vote.college)
    )
    return Table("Votes, en nombre de voix", columns, groups)


def _voter(vote: Vote) -> str:
    return french.upper_first(vote.union) or "Ensemble du collège"


def outcome_words(said: CollegeOpinion, votes: list[Vote]) -> str:
    """« Représentants du personnel : avis favorable (5 pour, 1 contre, 2 abstentions). »"""
    totals = [(sum(getattr(vote, column) for vote in votes), one, several) for column, one, several in VOICES]
    voices = ", ".join(french.count(total, one, several) for total, one, several in totals if total)
    outcome = Outcome(said.outcome)
    words = "avis non renseigné" if outcome == Outcome.UNKNOWN else outcome.label.lower()
    if said.unanimous:
        words += " à l’unanimité"
    sentence = f"{College(said.college).label}\u00a0: {words}{f' ({voices})' if voices else ''}."
    if said.qualification:
        sentence += f" Issue qualifiée par les ressources humaines\u00a0: {said.qualification}"
    return sentence


def _end(session: Session) -> Iterator[str]:
    closed = hour(session.closed_at)
    yield f"La séance est levée à {closed}." if closed else "L’heure de fin de la séance n’est pas renseignée."
    if session.minutes_signed_on:
        yield f"Procès-verbal signé le {french.date(session.minutes_signed_on)}."
    if session.minutes_approved_on:
        yield f"Procès-verbal approuvé le {french.date(session.minutes_approved_on)}."
    else:
        yield "Le procès-verbal est soumis à l’approbation de l’instance lors d’une prochaine séance."
