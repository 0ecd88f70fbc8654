"""Decision acts made from the text voted: the annex to the deliberation, and the order that organises the services.

What nobody recorded is a blank to be filled by hand, « [date à compléter] », never invented.
"""

import datetime
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from .. import french
from ..changes import Change, ChangePostHours, CreatePost, RedeployPost, TransformPost, TransformUndetermined
from ..diff import PostDelta, State
from ..naming import hours
from ..records import Post
from ..structure import Structure
from ..values import Hours, Value
from ..wording import sentence, when
from .blocks import Bullets, Column, Group, Heading, Paragraph, Part, Table
from .exchanges import Exchanges
from .facts import Facts
from .listed import level_text
from .listing import sequence
from .tables import Figures

Marked = TransformPost | RedeployPost | ChangePostHours | TransformUndetermined
"""The changes of which HR may say that the emploi itself changes."""

BLANK = re.compile(r"(\[[^\[\]]* à compléter\])")
"""What `blank` leaves in a text, for those who mark it."""

UNMARKED = "Pour information, postes transformés ou redéployés sans changer d’emploi"
EMPLOIS = (
    Column("Nombre", True, 7),
    Column("Emploi", width=20),
    Column("Unité", width=18),
    Column("Catégorie et cotation", width=10),
    Column("Cadres d’emplois ou grades ouverts", width=16),
    Column("Durée", width=10),
    Column("Motif"),
)


class ActFacts(Value, frozen=True, kw_only=True):
    """What was recorded of the acts and of the opinion they follow. Empty is not known: a blank.

    `opinions`: « avis favorable des représentants du personnel », one for each college. `committee` and `session_on`:
    who gave them and when, maybe later than the session the text was sealed for (postponed, convoked again, a new
    examination); without an opinion, those of the text. `legal_source`: the text that this session follows.
    `deliberation` and `order`: how the other act is named, « n° 12 du 4 mai 2022 ».
    """

    employer: str = ""
    number: str = ""
    dated_on: datetime.date | None = None
    signatory: str = ""
    opinions: tuple[str, ...] = ()
    committee: str = ""
    session_on: datetime.date | None = None
    legal_source: str = ""
    deliberation: str = ""
    order: str = ""


class Act(NamedTuple):
    """`visas` are what it is founded on, `parts` its articles or tables; `signature`, the lines at its end."""

    key: str
    title: str
    heading: Heading
    visas: tuple[Paragraph, ...]
    parts: tuple[Part, ...]
    signature: tuple[str, ...]


class Emploi(NamedTuple):
    """One line of the annex: a post on the side where it is created or suppressed."""

    post: Post
    structure: Structure
    name: str
    hours: Hours | None
    change: Change | None


def blank(what: str) -> str:
    """« [date à compléter] »."""
    return f"[{what} à compléter]"


# The annex to the deliberation


def created_emplois(counted: Figures) -> tuple[Emploi, ...]:
    """The posts created, and the new side of what HR marked as a suppression and a creation."""
    made = {change.new.id: change for change in counted.changes if isinstance(change, CreatePost)}
    found = [
        _emploi(counted.after, delta, made.get(delta.id))
        for delta in counted.difference.posts.values()
        if State.CREATED in delta.states
    ]
    for change in _marked(counted.changes):
        identifier = change.post if isinstance(change, ChangePostHours) else change.into.id
        post = counted.after.post_by_id.get(identifier)
        if post:
            found.append(Emploi(post, counted.after, counted.after.title_of(post), post.hours, change))
    return tuple(found)


def suppressed_emplois(counted: Figures) -> tuple[Emploi, ...]:
    """The posts suppressed, and the old side of what HR marked as a suppression and a creation."""
    made = {getattr(change, "post", None): change for change in counted.changes}
    found = [
        _emploi(counted.before, delta, made.get(delta.id))
        for delta in counted.difference.posts.values()
        if State.CLOSED in delta.states
    ]
    for change in _marked(counted.changes):
        candidates = change.candidates if isinstance(change, TransformUndetermined) else (change.post,)
        post = counted.before.post_by_id.get(candidates[0])
        if post:
            one = french.upper_first(counted.names.one_of(candidates)) if len(candidates) > 1 else ""
            found.append(Emploi(post, counted.before, one or counted.before.title_of(post), post.hours, change))
    return tuple(found)


def _emploi(structure: Structure, delta: PostDelta, change: Change | None) -> Emploi:
    return Emploi(delta.known, structure, structure.title_of(delta.known), delta.known.hours, change)


def _marked(changes: Iterable[Change]) -> Iterator[Marked]:
    for change in changes:
        if isinstance(change, Marked) and change.as_suppression_and_creation:
            yield change


def deliberation_annex(counted: Figures, facts: Facts, acted: ActFacts, heading: Heading) -> Act:
    """Posts created and suppressed, what is transformed without being another emploi beside them."""
    created, suppressed = created_emplois(counted), suppressed_emplois(counted)
    unmarked = [
        change
        for change in counted.changes
        if isinstance(change, TransformPost | RedeployPost | TransformUndetermined)
        and not change.as_suppression_and_creation
    ]
    number = acted.number or blank("numéro")
    dated = french.date(acted.dated_on) if acted.dated_on else blank("date")
    intro = (
        f"Annexe à la délibération n°\u00a0{number} du {dated}. Elle dit les emplois créés et supprimés par la "
        f"réorganisation «\u00a0{facts.title}\u00a0», {effective_words(facts)}."
    )
    exchanges = Exchanges(counted.changes, counted.names)
    parts = [
        Part("annex-created", "Emplois créés", _emplois("Emplois créés", created, exchanges), landscape=True),
        Part("annex-suppressed", "Emplois supprimés", _emplois("Emplois supprimés", suppressed, exchanges)),
        Part("annex-balance", "Solde", (_balance(created, suppressed),)),
    ]
    if paired := exchanges.tables(counted.inside):
        parts.append(Part("annex-exchanges", "Contreparties", paired))
    if unmarked:
        said = tuple(sentence(change, counted.before, counted.after).heading for change in unmarked)
        parts.append(Part("annex-transformed", UNMARKED, (Bullets(said),)))
    return Act(
        "annexe-deliberation",
        "Annexe à la délibération\u00a0: emplois créés et supprimés",
        heading._replace(kind="Annexe à la délibération"),
        (Paragraph(french.typographic(intro)),),
        tuple(parts),
        (),
    )


def effective_words(facts: Facts) -> str:
    return f"à compter du {french.date(facts.effective_on) if facts.effective_on else blank('date d’effet')}"


def _emplois(caption: str, found: tuple[Emploi, ...], exchanges: Exchanges) -> tuple[Table | Paragraph, ...]:
    if not found:
        return (Paragraph("Aucun."),)
    rows = Counter(tuple(_cells(each, exchanges)) for each in found)
    listed = tuple((str(number), *row) for row, number in rows.items())
    return (Table(f"{caption} ({len(found)})", EMPLOIS, (Group("", listed),)),)


def _cells(emploi: Emploi, exchanges: Exchanges) -> Iterator[str]:
    post, structure, change = emploi.post, emploi.structure, emploi.change
    yield emploi.name
    yield french.typographic(structure.unit_label(post.unit))
    yield level_text(structure, post)
    yield french.typographic(french.join(post.corps or post.statutory_grades)) or blank("cadre d’emplois")
    yield f"{hours(emploi.hours)} ({french.decimal(emploi.hours.etp)}\u00a0ETP)" if emploi.hours else blank("durée")
    marked = isinstance(change, Marked) and change.as_suppression_and_creation
    motive = change.motive.strip() if change else ""
    said = (
        motive or blank("motif"),
        "l’emploi lui-même change" if marked else "",
        exchanges.words(post.id),
        when(change) if change else "",
    )
    yield french.typographic(sequence(*said))


def _balance(created: tuple[Emploi, ...], suppressed: tuple[Emploi, ...]) -> Paragraph:
    gap = french.signed(len(created) - len(suppressed))
    known = [each.hours.etp for each in created if each.hours], [each.hours.etp for each in suppressed if each.hours]
    unknown = sum(each.hours is None for each in (*created, *suppressed))
    if unknown:
        etp = f"en ETP, non renseigné ({french.count(unknown, 'durée inconnue', 'durées inconnues')})"
    else:
        total = sum(known[0]) - sum(known[1])
        etp = f"en ETP, {'+' if total > 0 else ''}{french.decimal(total)}"
    return Paragraph(
        french.typographic(
            f"{french.count(len(created), 'emploi créé', 'emplois créés')}, "
            f"{french.count(len(suppressed), 'emploi supprimé', 'emplois supprimés')}. "
            f"Solde\u00a0: {gap} en nombre d’emplois\u00a0; {etp}."
        )
    )
