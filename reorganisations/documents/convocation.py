"""La convocation: when, where, the agenda, what is joined, and the deadlines of the rules of that day."""

from collections.abc import Iterator

from orgchart import french
from orgchart.dossier import Bullets, Column, Group, Paragraph, Part, Table

from ..models import AgendaItem, CommitteeRules
from ..queries.sessions import SessionRecord
from .papers import Paper, Signature, agenda_number, hour, session_heading
from .source import printable


def convocation(record: SessionRecord, *, employer: str) -> Paper:
    """`employer`: its name, empty when nobody has set it."""
    session = record.session
    heading = session_heading(
        session, kind="Convocation", mark="" if session.convoked_on else "Projet de convocation", employer=employer
    )
    parts = (
        Part("seance", "Séance", (Paragraph(_summons(record)), Bullets(tuple(_facts(record))))),
        Part("ordre-du-jour", "Ordre du jour", tuple(agenda_blocks(record))),
        Part("pieces", "Pièces jointes", (Bullets(tuple(_pieces(record))),)),
        Part("regles", "Délais et règles", tuple(Paragraph(words) for words in _rules(record))),
    )
    signatures = (Signature("Le président", session.president, ""),)
    return printable(Paper(heading, parts, f"convocation-{session.held_on.isoformat()}", signatures))


def _summons(record: SessionRecord) -> str:
    session = record.session
    urgent = " en urgence" if session.urgent else ""
    again = (
        " Cette nouvelle convocation suit une séance sans quorum\u00a0: le comité siège quel que soit le nombre de "
        "présents."
        if session.after_failed_quorum
        else ""
    )
    return f"Les membres de l’instance sont convoqués{urgent} à la séance décrite ci-dessous.{again}"


def _facts(record: SessionRecord) -> Iterator[str]:
    session = record.session
    yield f"Instance\u00a0: {session.committee.label}"
    yield f"Date\u00a0: {french.date(session.held_on)}"
    yield f"Heure\u00a0: {hour(session.starts_at) or french.UNKNOWN_FEMININE}"
    yield f"Lieu\u00a0: {session.place or french.UNKNOWN}"
    sent = french.date(session.convoked_on) if session.convoked_on else french.UNKNOWN
    yield f"Convocation envoyée le\u00a0: {sent}"
    sent = french.date(session.documents_sent_on) if session.documents_sent_on else french.UNKNOWN
    yield f"Documents envoyés le\u00a0: {sent}"


def agenda_blocks(record: SessionRecord) -> Iterator[Table | Paragraph]:
    if not record.items:
        yield Paragraph("Aucun point n’est inscrit à l’ordre du jour.")
        return
    rows = tuple((agenda_number(item), item.label, item.get_kind_display()) for item in record.items)
    columns = (Column("N°", width=10), Column("Point"), Column("Nature", width=25))
    yield Table(f"{french.count(len(rows), 'point')} à l’ordre du jour", columns, (Group("", rows),))
    for item in record.items:
        if item.note:
            yield Paragraph(f"{item.label}\u00a0: {item.note}")


def _pieces(record: SessionRecord) -> Iterator[str]:
    for item in record.items:
        yield from _pieces_of(item)
    for document in record.pieces:
        yield document.name


def _pieces_of(item: AgendaItem) -> Iterator[str]:
    if item.minutes_of is not None:
        yield f"Procès-verbal de la séance du {french.date(item.minutes_of.held_on)}"
    if item.reorganisation is None:
        return
    kind = "Rapport pour avis" if item.kind == AgendaItem.Kind.FOR_OPINION else "Rapport pour information"
    texts = list(item.reorganisation.sealed_texts.all())
    if texts:
        yield f"{kind}\u00a0: {item.label} ({french.lower_first(str(texts[-1]))})"
    else:
        yield f"{kind}\u00a0: {item.label} (texte non encore soumis)"


def _rules(record: SessionRecord) -> Iterator[str]:
    rules = record.rules
    if rules is None:
        yield "Aucune règle n’est renseignée pour la date de cette séance."
        return
    yield f"Règles de cette séance\u00a0: {rules.label} ({rules.legal_source})."
    urgent = record.session.urgent
    days = rules.urgent_convocation_days if urgent else rules.convocation_days
    yield (
        f"La convocation est envoyée au moins {french.count(days, 'jour')} avant la séance"
        f"{', en urgence' if urgent else ''} ({source(rules, 'convocation')})."
    )
    yield (
        f"Les documents sont envoyés au moins {french.count(rules.documents_days, 'jour')} avant la séance "
        f"({source(rules, 'documents')})."
    )
    yield f"{quorum_rule(rules)} ({source(rules, 'quorum')})."


def source(rules: CommitteeRules, about: str) -> str:
    """The article of this deadline, or the text as a whole."""
    article = str(getattr(rules, f"{about}_source"))
    return f"{rules.legal_source}, {article}" if article else rules.legal_source


def quorum_rule(rules: CommitteeRules) -> str:
    share = "la moitié" if rules.quorum_percent == 50 else f"{rules.quorum_percent}\u00a0%"
    return f"Quorum\u00a0: {share} au moins des représentants d’un collège qui vote, à l’ouverture de la séance"
