"""The words of a change of units."""

from .. import french
from ..changes import (
    Change,
    ChangeUnitKind,
    ChangeUnitSites,
    CloseUnit,
    CreateUnit,
    LinkUnit,
    MergeUnits,
    MovePurposes,
    MoveUnit,
    NewUnit,
    RenameUnit,
    SetLead,
    SplitUnit,
    UnlinkUnit,
)
from ..naming import Names
from ..values import PostId
from .words import Words


def unit_words(change: Change, names: Names) -> Words:
    match change:
        case CreateUnit(new=new):
            posts = french.count(len(change.posts), "poste existant", "postes existants") if change.posts else ""
            units = french.count(len(change.units), "unité existante", "unités existantes") if change.units else ""
            taken = french.join(each for each in (posts, units) if each)
            return Words(
                "Créer",
                names.the_unit(new.id, new=new),
                f"Création {names.of_a_unit(new)}{names.size(new.id)}",
                "Création d’unité",
                (
                    "nom provisoire" if new.provisional else "",
                    f"regroupe {taken}" if taken else "",
                    _led_by(names, new, change.lead),
                ),
            )
        case RenameUnit(unit=unit):
            old = names.earlier_unit(unit)
            acronym = f" (sigle\u00a0: {change.acronym})" if change.acronym and change.acronym != old.acronym else ""
            becomes = f"{french.quoted(change.label)}{acronym}"
            return Words(
                "Renommer",
                f"{names.the(old)} en {becomes}",
                f"Changement de nom {names.of(old)}, qui devient {becomes}",
                "Changement de nom",
                ("nom provisoire" if change.provisional else "",),
            )
        case MoveUnit(unit=unit, to=to):
            return Words(
                "Rattacher",
                f"{names.the_unit(unit)} {names.to_unit(to)}",
                f"Rattachement {names.of_unit(unit)} {names.to_unit(to)}",
                "Rattachement d’unité",
            )
        case LinkUnit(unit=unit, to=to):
            return Words(
                "Relier",
                f"{names.the_unit(unit)} {names.to_unit(to)} par un lien fonctionnel",
                f"Lien fonctionnel {names.of_unit(unit)} avec {names.the_unit(to)}",
                "Lien fonctionnel",
                ("le rattachement hiérarchique ne change pas",),
            )
        case UnlinkUnit(unit=unit, to=to):
            rest = f"lien fonctionnel {names.of_unit(unit)} avec {names.the_unit(to)}"
            return Words("Mettre fin", f"au {rest}", f"Fin du {rest}", "Fin d’un lien fonctionnel")
        case CloseUnit(unit=unit):
            successors = french.join(names.the_unit(each) for each in change.successors)
            verb = "lui succèdent" if len(change.successors) > 1 else "lui succède"
            return Words(
                "Supprimer",
                names.the_unit(unit),
                f"Suppression {names.of_unit(unit)}",
                "Suppression d’unité",
                (f"{successors} {verb}" if successors else "",),
            )
        case MergeUnits(into=into):
            return Words(
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
            return Words(
                "Scinder",
                f"{names.the_unit(unit)} en {number}",
                f"Scission {names.of_unit(unit)} en {number}",
                "Scission d’unité",
                parts,
            )
        case SetLead(unit=unit, lead=lead):
            if lead is None:
                return Words(
                    "Ne plus rattacher",
                    f"la direction {names.of_unit(unit)} à un poste",
                    f"Direction {names.of_unit(unit)}\u00a0: plus de poste désigné",
                    "Direction d’unité",
                )
            return Words(
                "Confier",
                f"la direction {names.of_unit(unit)} {names.to_post(lead)}",
                f"Direction {names.of_unit(unit)} confiée {names.to_post(lead)}",
                "Direction d’unité",
            )
        case ChangeUnitKind(unit=unit, kind=kind):
            old = names.earlier_unit(unit)
            rest = f"{names.the(old)} en {names.kind_word(kind)}"
            return Words(
                "Transformer",
                rest,
                f"Transformation {names.of(old)} en {names.kind_word(kind)}",
                "Changement de type d’unité",
            )
        case ChangeUnitSites(unit=unit, sites=sites):
            labels = french.join(names.site(each) for each in sites) or french.UNKNOWN
            rest = f"{names.of_unit(unit)}\u00a0: {labels}"
            return Words("Changer", f"l’implantation {rest}", f"Implantation {rest}", "Changement de site")
        case MovePurposes(unit=unit, to=to, purposes=purposes):
            told = french.join(french.quoted(purpose) for purpose in purposes)
            alone = len(purposes) == 1
            what = f"la mission {told}" if alone else french.count(len(purposes), "mission")
            rest = f"{names.of_unit(unit)} {names.to_unit(to)}"
            return Words(
                "Transférer",
                f"{what} {rest}",
                f"Transfert de {what} {rest}",
                "Transfert de compétence",
                ("" if alone else told, "sans transfert de poste"),
            )
        case _:
            raise TypeError(f"{type(change).__name__} n’est pas un ajustement d’unité.")


def _led_by(names: Names, new: NewUnit, lead: PostId | None) -> str:
    return f"{'dirigée' if names.is_feminine(new) else 'dirigé'} par {names.the_post(lead)}" if lead else ""
