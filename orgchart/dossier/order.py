"""L'arrêté portant organisation des services, from the text voted: units, attachments, leads and dates."""

from collections.abc import Iterator, Sequence

from .. import french
from ..changes import Change
from ..diff import State, UnitDelta
from ..fold import stages
from ..records import Unit
from ..wording import sentence
from .acts import Act, ActFacts, blank, created_emplois, effective_words, suppressed_emplois
from .blocks import Block, Bullets, Column, Group, Heading, Paragraph, Part, Picture, Table
from .facts import Facts
from .tables import Figures

UNITS = (Column("Unité", width=33), Column("Rattachement", width=33), Column("Direction"))


def organisation_order(
    counted: Figures, changes: Sequence[Change], facts: Facts, acted: ActFacts, heading: Heading
) -> Act:
    """`changes` in the order of the draft."""
    unit = counted.names.find_unit(counted.root)
    what = counted.names.of(unit) if unit else "des services"
    number = acted.number or blank("numéro")
    dated = french.date(acted.dated_on) if acted.dated_on else blank("date")
    title = french.typographic(f"Arrêté n°\u00a0{number} du {dated} portant organisation {what}")
    articles = [*_articles(counted, changes, facts, acted, what)]
    parts = [
        Part(f"article-{rank}", f"Article {rank} – {name}", blocks) for rank, (name, blocks) in enumerate(articles, 1)
    ]
    return Act(
        "arrete-organisation",
        title,
        heading._replace(kind="Arrêté portant organisation des services"),
        tuple(
            Paragraph(french.typographic(text)) for text in (*_visas(facts, acted), *_grounds(counted), "Arrête\u00a0:")
        ),
        (*parts, Part("annex-chart", "Annexe – Organigramme", (Picture("after", "Organigramme"),), landscape=True)),
        (
            f"Fait à {blank('lieu')}, le {dated}",
            french.typographic(acted.signatory) or blank("qualité du signataire"),
            "Signature",
        ),
    )


def _visas(facts: Facts, acted: ActFacts) -> Iterator[str]:
    yield f"{french.upper_first(acted.employer or blank('autorité'))}, représenté par {_signatory(acted)},"
    yield f"Vu {blank('textes qui donnent compétence à l’autorité')}\u00a0;"
    if acted.legal_source:
        yield f"Vu {_source(acted.legal_source)}\u00a0;"
    named, held_on = acted.committee or facts.committee, acted.session_on or facts.session_on
    committee = french.lower_first(named) if named else blank("instance")
    day = french.date(held_on) if held_on else blank("date de la séance")
    opinions = " et ".join(acted.opinions) or blank("sens de l’avis")
    yield f"Vu l’avis du {committee}, séance du {day}\u00a0: {opinions}\u00a0;"
    if acted.deliberation:
        yield f"Vu la délibération {acted.deliberation}\u00a0;"
    yield f"Vu {blank('arrêté d’organisation en vigueur')}\u00a0;"


def _signatory(acted: ActFacts) -> str:
    return french.lower_first(acted.signatory) if acted.signatory else blank("qualité du signataire")


def _source(source: str) -> str:
    """« le décret n° 85-565 du 30 mai 1985 », « le code général de la fonction publique »."""
    first = source.split(" ", 1)[0].lower()
    return f"le {french.lower_first(source)}" if first in ("décret", "code", "règlement") else source


def _grounds(counted: Figures) -> Iterator[str]:
    """Each motive that the text gives, with what it explains; without any, a blank."""
    told: dict[str, list[str]] = {}
    for change in counted.changes:
        if change.motive.strip():
            heading = sentence(change, counted.before, counted.after).heading
            told.setdefault(change.motive.strip().rstrip("."), []).append(french.lower_first(heading))
    for motive, headings in told.items():
        yield f"Considérant, pour {_article(headings)}, le motif suivant\u00a0: {french.lower_first(motive)}\u00a0;"
    if not told:
        yield f"Considérant {blank('motifs')}\u00a0;"


def _article(headings: list[str]) -> str:
    """Noun phrases of changes take their article: « la création d’une cellule », « le transfert du poste… »."""
    return french.join(french.the(heading, feminine=not _masculine(heading)) for heading in headings)


def _masculine(heading: str) -> bool:
    return heading.startswith(("changement", "transfert", "rattachement", "redéploiement", "gel", "dégel", "partage"))


def _articles(
    counted: Figures, changes: Sequence[Change], facts: Facts, acted: ActFacts, what: str
) -> Iterator[tuple[str, tuple[Block, ...]]]:
    yield "Objet", (_said(f"L’organisation {what} est fixée comme suit, {effective_words(facts)}."),)
    yield "Unités, rattachements et direction", (_units(counted), *_links(counted))
    altered = tuple(_altered(counted))
    if altered:
        yield "Unités créées, modifiées et supprimées", (Bullets(altered),)
    if created_emplois(counted) or suppressed_emplois(counted):
        act = acted.deliberation or blank("numéro et date")
        yield "Emplois", (_said(f"Les emplois créés et supprimés sont ceux de la délibération {act}."),)
    dated = stages(changes, facts.effective_on)
    if len(dated) > 1:
        yield "Entrée en vigueur par étapes", (Bullets(tuple(_stages(counted, facts, changes))),)
    purposes = tuple(_purposes(counted))
    if purposes:
        yield "Missions des unités", purposes
    yield "Abrogation", (_said(f"Sont abrogées les dispositions contraires\u00a0: {blank('actes abrogés')}."),)
    execution = (
        f"{french.upper_first(blank('autorité chargée de l’exécution'))} est chargé de l’exécution du présent arrêté, "
        f"qui sera transmis et publié selon les règles applicables {blank('modalités de publication')}."
    )
    recourse = f"Voies et délais de recours\u00a0: {blank('tribunal compétent et délai')}."
    yield "Exécution", (_said(execution), _said(recourse))


def _said(text: str) -> Paragraph:
    return Paragraph(french.typographic(text))


def _units(counted: Figures) -> Table:
    after, names = counted.after, counted.names
    stands = counted.root in after.unit_by_id
    rows = tuple(_unit_row(counted, unit) for unit in (after.subtree(counted.root) if stands else ()))
    caption = f"Unités {names.of(after.unit_by_id[counted.root])}" if stands else "Aucune unité"
    return Table(french.typographic(caption), UNITS, (Group("", rows),))


def _unit_row(counted: Figures, unit: Unit) -> tuple[str, str, str]:
    after = counted.after
    sites = french.join(map(counted.names.site, unit.sites))
    label = french.typographic(unit.label) + (f" ({sites})" if sites else "")
    above = french.typographic(after.unit_label(unit.parent)) if unit.parent else "aucun"
    lead = french.upper_first(after.post_label(unit.lead)) if unit.lead else french.UNKNOWN_FEMININE
    return label, above, lead


def _links(counted: Figures) -> tuple[Bullets, ...]:
    after, names = counted.after, counted.names
    units = after.subtree(counted.root) if counted.root in after.unit_by_id else ()
    found = tuple(
        french.upper_first(f"{names.the(unit)} dépend aussi, par un lien fonctionnel, {names.of_unit(link)}")
        for unit in units
        for link in unit.links
    )
    return (Bullets(found, "Liens fonctionnels"),) if found else ()


def _altered(counted: Figures) -> Iterator[str]:
    names = counted.names
    for delta in counted.difference.units.values():
        if delta.id not in counted.inside:
            continue
        unit = names.the(delta.known)
        match delta.state:
            case State.CREATED:
                yield french.upper_first(f"{unit} est {_agree(counted, delta, 'créé')}")
            case State.CLOSED:
                heirs = [each.id for each in counted.after.units if delta.id in each.origins]
                succeeds = f"\u00a0; lui succède {french.join(map(names.the_unit, heirs))}" if heirs else ""
                yield french.upper_first(f"{unit} est {_agree(counted, delta, 'supprimé')}{succeeds}")
            case _:
                yield from _moved(counted, delta)


def _moved(counted: Figures, delta: UnitDelta) -> Iterator[str]:
    names, before = counted.names, delta.before
    unit = french.upper_first(names.the(delta.known))
    if State.RENAMED in delta.states and before:
        yield f"{unit} portait jusqu’ici le nom «\u00a0{french.typographic(before.label)}\u00a0»"
    if State.MOVED in delta.states and delta.known.parent:
        yield f"{unit} est {_agree(counted, delta, 'rattaché')} {names.to_unit(delta.known.parent)}"


def _agree(counted: Figures, delta: UnitDelta, word: str) -> str:
    return f"{word}e" if counted.names.is_feminine(delta.known) else word


def _stages(counted: Figures, facts: Facts, changes: Sequence[Change]) -> Iterator[str]:
    for stage in stages(changes, facts.effective_on):
        when = french.date(stage.date) if stage.date else ("à terme" if stage.eventual else blank("date d’effet"))
        said = (sentence(change, counted.before, counted.after).heading for change in stage.changes)
        yield french.typographic(f"{french.upper_first(when)}\u00a0: {'\u00a0; '.join(map(french.lower_first, said))}")


def _purposes(counted: Figures) -> Iterator[Bullets]:
    after = counted.after
    for unit in after.subtree(counted.root) if counted.root in after.unit_by_id else ():
        if unit.purposes:
            yield Bullets(tuple(map(french.typographic, unit.purposes)), french.typographic(unit.label))
