"""What a change says, in French: a verb phrase for the list of adjustments, a noun phrase for the report.

« Créer » + « la cellule de direction » on one side, « Création d’une cellule de direction (4 postes) » on the other.
Never more than the data says: what is unknown is « non renseigné », or left out.
"""

from collections.abc import Iterable
from typing import NamedTuple

from . import french
from .changes import (
    AttachPosts,
    Change,
    ChangePostHours,
    ChangePostSite,
    ChangeUnitKind,
    ChangeUnitSites,
    CloseUnit,
    CreatePost,
    CreateUnit,
    FreezePost,
    LinkUnit,
    MergeUnits,
    MovePurposes,
    MoveUnit,
    NewPost,
    NewUnit,
    RedeployPost,
    RegradePost,
    RenameUnit,
    ResolveTransformation,
    RetitlePost,
    SetLead,
    SetSuperiors,
    SharePost,
    SplitUnit,
    SuppressPost,
    TransferPost,
    TransformPost,
    TransformUndetermined,
    UnfreezePost,
    UnlinkUnit,
)
from .naming import Names
from .structure import Structure
from .values import PostId

IN_AGREEMENT = "en accord avec la personne qui occupe le poste"
AS_SUPPRESSION_AND_CREATION = "l’emploi lui-même change\u00a0: suppression et création à la délibération"
TO_BE_DETERMINED = "le poste transformé sera déterminé par la bourse interne"


class ChangeWording(NamedTuple):
    """The words of one change.

    `verb` and `rest` read together; `heading` is the noun phrase; `details` are facts beside it, without a full stop;
    `short` names it in a margin or a filter; `deduced` gives the reason of each fact that no source states.
    """

    verb: str
    rest: str
    heading: str
    details: tuple[str, ...]
    short: str
    deduced: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        return f"{self.verb} {self.rest}"


class _Words(NamedTuple):
    verb: str
    rest: str
    heading: str
    short: str
    details: Iterable[str] = ()


def sentence(change: Change, before: Structure, after: Structure) -> ChangeWording:
    """The words of a change of a draft that leads from `before` to `after`."""
    names = Names(before, after)
    words = _words(change, names)
    return ChangeWording(
        verb=words.verb,
        rest=french.typographic(words.rest),
        heading=french.typographic(words.heading),
        details=tuple(french.typographic(detail) for detail in (*words.details, when(change)) if detail),
        short=words.short,
        deduced=tuple(french.typographic(deduction.reason) for deduction in change.deduced),
    )


def when(change: Change) -> str:
    """« à compter du 1er janvier 2022 », « à terme », or nothing: the date of the reorganisation."""
    if change.eventually:
        return "à terme"
    return f"à compter du {french.date(change.on)}" if change.on else ""


def opened_to(change: TransformUndetermined) -> str:
    """« bourse ouverte à : tous les chargés de mission », or nothing."""
    return (
        french.typographic(f"bourse ouverte à\u00a0: {french.lower_first(change.opened_to)}")
        if change.opened_to
        else ""
    )


def _words(change: Change, names: Names) -> _Words:
    match change:
        case (
            CreateUnit()
            | RenameUnit()
            | MoveUnit()
            | LinkUnit()
            | UnlinkUnit()
            | CloseUnit()
            | MergeUnits()
            | SplitUnit()
            | SetLead()
            | ChangeUnitKind()
            | ChangeUnitSites()
            | MovePurposes()
        ):
            return _unit_words(change, names)
        case _:
            return _post_words(change, names)


def _unit_words(change: Change, names: Names) -> _Words:
    match change:
        case CreateUnit(new=new):
            posts = french.count(len(change.posts), "poste existant", "postes existants") if change.posts else ""
            units = french.count(len(change.units), "unité existante", "unités existantes") if change.units else ""
            taken = french.join(each for each in (posts, units) if each)
            return _Words(
                "Créer",
                names.the_unit(new.id, new=new),
                f"Création {names.of_a_unit(new)}{names.size(new.id)}",
                "Création d’unité",
                (f"regroupe {taken}" if taken else "", _led_by(names, new, change.lead)),
            )
        case RenameUnit(unit=unit):
            old = names.earlier_unit(unit)
            acronym = f" (sigle\u00a0: {change.acronym})" if change.acronym and change.acronym != old.acronym else ""
            becomes = f"{french.quoted(change.label)}{acronym}"
            return _Words(
                "Renommer",
                f"{names.the(old)} en {becomes}",
                f"Changement de nom {names.of(old)}, qui devient {becomes}",
                "Changement de nom",
                ("nom provisoire" if change.provisional else "",),
            )
        case MoveUnit(unit=unit, to=to):
            return _Words(
                "Rattacher",
                f"{names.the_unit(unit)} {names.to_unit(to)}",
                f"Rattachement {names.of_unit(unit)} {names.to_unit(to)}",
                "Rattachement d’unité",
            )
        case LinkUnit(unit=unit, to=to):
            return _Words(
                "Relier",
                f"{names.the_unit(unit)} {names.to_unit(to)} par un lien fonctionnel",
                f"Lien fonctionnel {names.of_unit(unit)} avec {names.the_unit(to)}",
                "Lien fonctionnel",
                ("le rattachement hiérarchique ne change pas",),
            )
        case UnlinkUnit(unit=unit, to=to):
            rest = f"lien fonctionnel {names.of_unit(unit)} avec {names.the_unit(to)}"
            return _Words("Mettre fin", f"au {rest}", f"Fin du {rest}", "Fin d’un lien fonctionnel")
        case CloseUnit(unit=unit):
            successors = french.join(names.the_unit(each) for each in change.successors)
            verb = "lui succèdent" if len(change.successors) > 1 else "lui succède"
            return _Words(
                "Supprimer",
                names.the_unit(unit),
                f"Suppression {names.of_unit(unit)}",
                "Suppression d’unité",
                (f"{successors} {verb}" if successors else "",),
            )
        case MergeUnits(into=into):
            return _Words(
                "Fusionner",
                f"{french.join(names.the_unit(each) for each in change.units)} en {names.a_unit(into)}",
                f"Fusion {french.join(names.of_unit(each) for each in change.units)} en {names.a_unit(into)}"
                f"{names.size(into.id)}",
                "Fusion d’unités",
                (_led_by(names, into, change.lead),),
            )
        case SplitUnit(unit=unit):
            parts = [f"{names.a_unit(part.new)}{names.size(part.new.id)}" for part in change.into]
            number = french.count(len(parts), "unité")
            return _Words(
                "Scinder",
                f"{names.the_unit(unit)} en {number}",
                f"Scission {names.of_unit(unit)} en {number}",
                "Scission d’unité",
                parts,
            )
        case SetLead(unit=unit, lead=lead):
            if lead is None:
                return _Words(
                    "Ne plus rattacher",
                    f"la direction {names.of_unit(unit)} à un poste",
                    f"Direction {names.of_unit(unit)}\u00a0: plus de poste désigné",
                    "Direction d’unité",
                )
            return _Words(
                "Confier",
                f"la direction {names.of_unit(unit)} {names.to_post(lead)}",
                f"Direction {names.of_unit(unit)} confiée {names.to_post(lead)}",
                "Direction d’unité",
            )
        case ChangeUnitKind(unit=unit, kind=kind):
            old = names.earlier_unit(unit)
            rest = f"{names.the(old)} en {names.kind_word(kind)}"
            return _Words(
                "Transformer",
                rest,
                f"Transformation {names.of(old)} en {names.kind_word(kind)}",
                "Changement de type d’unité",
            )
        case ChangeUnitSites(unit=unit, sites=sites):
            labels = french.join(names.site(each) for each in sites) or french.UNKNOWN
            rest = f"{names.of_unit(unit)}\u00a0: {labels}"
            return _Words("Changer", f"l’implantation {rest}", f"Implantation {rest}", "Changement de site")
        case MovePurposes(unit=unit, to=to, purposes=purposes):
            told = french.join(french.quoted(purpose) for purpose in purposes)
            alone = len(purposes) == 1
            what = f"la mission {told}" if alone else french.count(len(purposes), "mission")
            rest = f"{names.of_unit(unit)} {names.to_unit(to)}"
            return _Words(
                "Transférer",
                f"{what} {rest}",
                f"Transfert de {what} {rest}",
                "Transfert de compétence",
                ("" if alone else told, "sans transfert de poste"),
            )
        case _:
            raise TypeError(f"{type(change).__name__} n’est pas un ajustement d’unité.")


def _post_words(change: Change, names: Names) -> _Words:
    match change:
        case CreatePost(new=new, unit=unit):
            return _Words(
                "Créer",
                names.a_new_post(new),
                f"Création {french.de(names.a_new_post(new))}",
                "Création de poste",
                (f"dans {names.the_unit(unit)}", _leads(new)),
            )
        case SuppressPost(post=post):
            return _Words(
                "Supprimer",
                names.the_post(post),
                f"Suppression {names.of_post(post)}",
                "Suppression de poste",
                (f"dans {names.unit_of(post)}", in_exchange_for(change, names)),
            )
        case TransformPost(post=post, into=into):
            return _Words(
                "Transformer",
                f"{names.the_post(post)} en {names.new_title(into)}",
                f"Transformation {names.of_post(post)} en {names.new_title(into)}",
                "Transformation de poste",
                (
                    _leads(into),
                    _emploi(change),
                ),
            )
        case TransformUndetermined(candidates=candidates, into=into):
            one = names.one_of(candidates)
            return _Words(
                "Transformer",
                f"{one} en {names.new_title(into)}",
                f"Transformation {french.de(one)} en {names.new_title(into)}",
                "Transformation à déterminer",
                (
                    TO_BE_DETERMINED,
                    opened_to(change),
                    _leads(into),
                    _emploi(change),
                ),
            )
        case ResolveTransformation(pending=pending, post=post):
            made = names.pending_title(pending)
            role = f"comme poste transformé{f' en {made}' if made else ''}"
            return _Words(
                "Retenir",
                f"{names.the_post(post)} {role}",
                f"Désignation {names.of_post(post)} {role}",
                "Transformation déterminée",
                ("à l’issue de la bourse interne",),
            )
        case AttachPosts(posts=posts, to=to):
            return _Words(
                "Rattacher",
                f"{names.posts(posts)} {names.to_unit(to)}",
                f"Rattachement {names.of_posts(posts)} {names.to_unit(to)}",
                "Rattachement de postes" if len(posts) > 1 else "Rattachement de poste",
            )
        case TransferPost(post=post, to=to):
            return _Words(
                "Transférer",
                f"{names.the_post(post)} depuis {names.unit_of(post)}",
                f"Transfert {names.of_post(post)} depuis {names.unit_of(post)}",
                "Transfert de poste",
                (f"vers {names.the_unit(to)}", IN_AGREEMENT if change.agreed else ""),
            )
        case RedeployPost(post=post, into=into, to=to):
            return _Words(
                "Redéployer",
                f"{names.the_post(post)} en {names.new_title(into)}",
                f"Redéploiement {names.of_post(post)} en {names.new_title(into)}",
                "Redéploiement de poste",
                (f"depuis {names.unit_of(post)} vers {names.the_unit(to)}", _leads(into), _emploi(change)),
            )
        case RegradePost(post=post, grade=grade):
            turn = names.regrading(post, grade)
            return _Words(
                "Changer",
                f"la cotation {names.of_post(post, graded=False)}\u00a0: {turn}",
                f"Changement de cotation {names.of_post(post, graded=False)}\u00a0: {turn}",
                "Changement de cotation",
            )
        case RetitlePost(post=post):
            becomes = french.quoted(names.title(change.title, change.form, change.label))
            return _Words(
                "Renommer",
                f"{names.the_post(post, earlier=True)} en {becomes}",
                f"Changement d’intitulé {names.of_post(post, earlier=True)}, qui devient {becomes}",
                "Changement d’intitulé",
            )
        case ChangePostHours(post=post):
            turn = names.rescheduling(post, change.hours)
            return _Words(
                "Changer",
                f"la durée {names.of_post(post)}\u00a0: {turn}",
                f"Changement de la durée {names.of_post(post)}\u00a0: {turn}",
                "Changement de durée",
                (_emploi(change),),
            )
        case SharePost(post=post, shares=()):
            return _Words(
                "Mettre fin",
                f"au partage {names.of_post(post)}",
                f"Fin du partage {names.of_post(post)}",
                "Fin de partage",
            )
        case SharePost(post=post, shares=shares):
            parts = french.join(
                f"{names.the_unit(share.unit)} ({french.decimal(share.percent)}{french.NBSP}%)" for share in shares
            )
            return _Words(
                "Partager",
                f"{names.the_post(post)} entre {parts}",
                f"Partage {names.of_post(post)} entre {parts}",
                "Partage de poste",
            )
        case SetSuperiors(post=post, superiors=()):
            return _Words(
                "Mettre fin",
                f"à l’autorité fonctionnelle exercée sur {names.the_post(post)}",
                f"Fin de l’autorité fonctionnelle exercée sur {names.the_post(post)}",
                "Fin d’une autorité fonctionnelle",
            )
        case SetSuperiors(post=post, superiors=superiors):
            told = french.join(f"{names.of_post(each)}, dans {names.home_of(each)}" for each in superiors)
            who = names.the_post(post)
            return _Words(
                "Placer",
                f"{who} sous l’autorité fonctionnelle {told}",
                f"Autorité fonctionnelle {told}, sur {who}",
                "Autorité fonctionnelle",
                ("le rattachement hiérarchique ne change pas",),
            )
        case FreezePost(post=post):
            return _Words(
                "Geler",
                names.the_post(post),
                f"Gel {names.of_post(post)}",
                "Gel de poste",
                ("le poste reste compté, aucun recrutement n’y est possible",),
            )
        case UnfreezePost(post=post):
            return _Words("Dégeler", names.the_post(post), f"Dégel {names.of_post(post)}", "Dégel de poste")
        case ChangePostSite(post=post, site=site):
            turn = names.relocation(post, site)
            return _Words(
                "Changer",
                f"le site {names.of_post(post)}\u00a0: {turn}",
                f"Changement de site {names.of_post(post)}\u00a0: {turn}",
                "Changement de site",
            )
        case _:
            raise TypeError(f"{type(change).__name__} n’est pas un ajustement du catalogue.")


def in_exchange_for(change: SuppressPost, names: Names) -> str:
    """« contrepartie : création du poste de juriste (A 3) dans la cellule X », or nothing."""
    made = french.join(f"{names.of_post(post)} dans {names.home_of(post)}" for post in change.counterparts)
    return f"contrepartie{french.NBSP}: création {made}" if made else ""


def _led_by(names: Names, new: NewUnit, lead: PostId | None) -> str:
    return f"{'dirigée' if names.is_feminine(new) else 'dirigé'} par {names.the_post(lead)}" if lead else ""


def _emploi(change: TransformPost | TransformUndetermined | RedeployPost | ChangePostHours) -> str:
    return AS_SUPPRESSION_AND_CREATION if change.as_suppression_and_creation else ""


def _leads(new: NewPost) -> str:
    return "dirige l’unité" if new.leads else ""
