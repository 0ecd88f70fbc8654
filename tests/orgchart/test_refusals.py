"""What each change of the catalogue refuses, in which words."""

from decimal import Decimal
from typing import Any

import pytest

from orgchart.changes import (
    CATALOGUE,
    AnyChange,
    AttachPosts,
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
    Part,
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
    tag_of,
)
from orgchart.fold import NoLongerFolds, fold
from orgchart.values import Share
from tests.orgchart.sample import FULL, HALF, ONE_OF_THREE, SHARES, N, after, new_post, new_unit, q

NO_SUCH_POST = f"Le poste {q('absent')} n’existe pas ou n’existe plus à cette étape."
NO_SUCH_UNIT = f"L’unité {q('absente')} n’existe pas ou n’existe plus à cette étape."
CHIEF, MISSION_OFFICER = q("chef de service"), q("chargé de mission")
SERVICE, ESTATE, PAY = q("Service des moyens"), q("Service du patrimoine"), q("Cellule paie")

REFUSALS: list[tuple[tuple[Any, ...], str]] = [
    ((CreateUnit(id="1", new=new_unit("s"), parent="d"),), f"L’unité {q('Cellule neuve')} existe déjà."),
    ((CreateUnit(id="1", new=new_unit(), parent="absente"),), NO_SUCH_UNIT),
    ((CreateUnit(id="1", new=new_unit(), parent="d", lead="absent"),), NO_SUCH_POST),
    ((CreateUnit(id="1", new=new_unit(), parent="d", posts=("absent",)),), NO_SUCH_POST),
    (
        (CreateUnit(id="1", new=new_unit(), parent="c", units=("s",)),),
        f"{SERVICE} ne peut pas être rattachée à une unité qui dépend d’elle.",
    ),
    ((MovePurposes(id="1", unit="s", purposes=("Gérer",), to="s"),), f"{SERVICE} a déjà ces missions."),
    ((MovePurposes(id="1", unit="s", purposes=("Gérer",), to="absente"),), NO_SUCH_UNIT),
    ((MovePurposes(id="1", unit="s", purposes=("Gérer",), to="t"),), f"{SERVICE} n’a pas la mission {q('Gérer')}."),
    ((RenameUnit(id="1", unit="s", label="Service des moyens", acronym="SM"),), f"{SERVICE} porte déjà ce libellé."),
    ((MoveUnit(id="1", unit="s", to="absente"),), NO_SUCH_UNIT),
    ((MoveUnit(id="1", unit="absente", to="s"),), NO_SUCH_UNIT),
    (
        (MoveUnit(id="1", unit="d", to="c"),),
        f"{q('Direction des lycées')} ne peut pas être rattachée à une unité qui dépend d’elle.",
    ),
    ((MoveUnit(id="1", unit="s", to="d"),), f"{SERVICE} est déjà rattachée à {q('Direction des lycées')}."),
    ((LinkUnit(id="1", unit="s", to="s"),), f"{SERVICE} ne peut pas dépendre d’elle-même."),
    ((LinkUnit(id="1", unit="s", to="d"),), f"{SERVICE} dépend déjà de {q('Direction des lycées')}."),
    ((LinkUnit(id="1", unit="t", to="e"),), f"{ESTATE} dépend déjà de {q('Direction des transports')}."),
    ((UnlinkUnit(id="1", unit="s", to="e"),), f"{SERVICE} n’a pas ce lien fonctionnel."),
    ((CloseUnit(id="1", unit="c", successors=("c",)),), f"{PAY} ne peut pas se succéder à elle-même."),
    ((CloseUnit(id="1", unit="c", successors=("absente",)),), NO_SUCH_UNIT),
    (
        (CloseUnit(id="1", unit="s"),),
        f"{SERVICE} porte encore 5{N}postes{N}: rattachez-les ou supprimez-les d’abord.",
    ),
    (
        (CloseUnit(id="1", unit="e"),),
        f"{q('Direction des transports')} porte encore un poste{N}: rattachez-le ou supprimez-le d’abord.",
    ),
    (
        (CloseUnit(id="1", unit="d"),),
        f"{q('Direction des lycées')} porte encore 2{N}unités{N}: rattachez-les ou fermez-les d’abord.",
    ),
    (
        (AttachPosts(id="0", posts=("chief", "p1", "p2", "p3", "guest"), to="e"), CloseUnit(id="1", unit="s")),
        f"{SERVICE} porte encore une unité{N}: rattachez-la ou fermez-la d’abord.",
    ),
    (
        (CloseUnit(id="1", unit="t"),),
        f"Le poste {q('gestionnaire')} travaille encore en partie pour {ESTATE}.",
    ),
    ((MergeUnits(id="1", units=("s", "s"), into=new_unit(), parent="d"),), f"{SERVICE} est citée deux fois."),
    (
        (MergeUnits(id="1", units=("s", "t"), into=new_unit(), parent="c"),),
        f"L’unité issue de la fusion ne peut pas dépendre de {SERVICE}.",
    ),
    ((MergeUnits(id="1", units=("s", "t"), into=new_unit(), parent="d", lead="absent"),), NO_SUCH_POST),
    (
        (SplitUnit(id="1", unit="s", into=(Part(new=new_unit("a"), posts=("driver",)), Part(new=new_unit("b")))),),
        f"Le poste {q('gestionnaire')} n’est pas dans {SERVICE}.",
    ),
    (
        (SplitUnit(id="1", unit="s", into=(Part(new=new_unit("a"), units=("t",)), Part(new=new_unit("b")))),),
        f"{ESTATE} ne dépend pas directement de {SERVICE}.",
    ),
    (
        (SplitUnit(id="1", unit="s", into=(Part(new=new_unit("a"), lead="absent"), Part(new=new_unit("b")))),),
        NO_SUCH_POST,
    ),
    (
        (SplitUnit(id="1", unit="s", into=(Part(new=new_unit("a"), units=("c",)), Part(new=new_unit("b")))),),
        f"{SERVICE} porte encore 5{N}postes{N}: rattachez-les ou supprimez-les d’abord.",
    ),
    ((SetLead(id="1", unit="s", lead="chief"),), f"La direction de {SERVICE} est déjà celle-là."),
    ((SetLead(id="1", unit="s", lead="absent"),), NO_SUCH_POST),
    ((ChangeUnitKind(id="1", unit="s", kind="service"),), f"{SERVICE} est déjà de ce type."),
    ((ChangeUnitSites(id="1", unit="s", sites=("amiens",)),), f"{SERVICE} est déjà sur ces sites."),
    ((CreatePost(id="1", unit="s", new=new_post("p1")),), f"Le poste {q('p1')} existe déjà."),
    ((CreatePost(id="1", unit="absente", new=new_post()),), NO_SUCH_UNIT),
    ((SuppressPost(id="1", post="absent"),), NO_SUCH_POST),
    ((TransformPost(id="1", post="absent", into=new_post()),), NO_SUCH_POST),
    ((AttachPosts(id="1", posts=("p1",), to="s"),), f"Le poste {MISSION_OFFICER} est déjà dans {SERVICE}."),
    ((AttachPosts(id="1", posts=("p1",), to="absente"),), NO_SUCH_UNIT),
    (
        (TransferPost(id="1", post="guest", to="t"),),
        f"Le poste {q('gestionnaire')} travaille déjà en partie pour {ESTATE}.",
    ),
    ((RedeployPost(id="1", post="absent", to="s", into=new_post()),), NO_SUCH_POST),
    ((RegradePost(id="1", post="p1", grade="A 2"),), f"Le poste {MISSION_OFFICER} a déjà la cotation A 2."),
    ((RetitlePost(id="1", post="p1", title="charge"),), f"Le poste {MISSION_OFFICER} porte déjà cet intitulé."),
    ((ChangePostHours(id="1", post="p1", hours=FULL),), f"Le poste {MISSION_OFFICER} a déjà cette durée."),
    ((ChangePostSite(id="1", post="driver", site="lille"),), f"Le poste {q('gestionnaire')} est déjà sur ce site."),
    ((SharePost(id="1", post="guest", shares=SHARES),), f"Le poste {q('gestionnaire')} est déjà réparti ainsi."),
    ((SharePost(id="1", post="p1", shares=SHARES[:1]),), "Un poste se partage entre au moins deux unités différentes."),
    (
        (SharePost(id="1", post="p1", shares=(SHARES[0], Share(unit="e", percent=Decimal("39.9")))),),
        f"Les parts d’un poste partagé doivent faire 100{N}% au total.",
    ),
    (
        (SharePost(id="1", post="driver", shares=SHARES),),
        f"L’unité du poste, {q('Direction des transports')}, doit garder une part.",
    ),
    ((SharePost(id="1", post="p1", shares=(SHARES[0], Share(unit="absente", percent=Decimal(40)))),), NO_SUCH_UNIT),
    (
        (FreezePost(id="0", post="p1"), FreezePost(id="1", post="p1")),
        f"Le poste {MISSION_OFFICER} est déjà gelé.",
    ),
    ((UnfreezePost(id="1", post="p1"),), f"Le poste {MISSION_OFFICER} n’est pas gelé."),
    ((SetSuperiors(id="1", post="p1", superiors=("absent",)),), NO_SUCH_POST),
    (
        (SetSuperiors(id="1", post="p1", superiors=("p1",)),),
        f"Le poste {MISSION_OFFICER} ne peut pas relever de lui-même.",
    ),
    (
        (SetSuperiors(id="0", post="p1", superiors=("chief",)), SetSuperiors(id="1", post="p1", superiors=("chief",))),
        f"Le poste {MISSION_OFFICER} relève déjà de cette autorité fonctionnelle.",
    ),
    (
        (SuppressPost(id="1", post="p1", counterparts=("n",)),),
        f"Le poste créé en contrepartie n’existe pas encore à cette étape{N}: placez sa création avant la suppression.",
    ),
    (
        (SuppressPost(id="1", post="p1", counterparts=("p1",)),),
        f"Le poste {MISSION_OFFICER} ne peut pas être sa propre contrepartie.",
    ),
    (
        (TransformUndetermined(id="1", candidates=("p1", "p1"), into=new_post()),),
        "Un poste est cité deux fois parmi ceux dont l’un sera transformé.",
    ),
    (
        (TransformUndetermined(id="1", candidates=("p1", "driver"), into=new_post()),),
        "Les postes dont l’un sera transformé doivent avoir la même unité tant que la bourse n’est pas décidée.",
    ),
    (
        (TransformUndetermined(id="1", candidates=("p1", "chief"), into=new_post()),),
        "Les postes dont l’un sera transformé doivent avoir la même cotation tant que la bourse n’est pas décidée.",
    ),
    (
        (ONE_OF_THREE, ChangePostHours(id="1", post="p1", hours=HALF)),
        "Les postes dont l’un sera transformé doivent avoir la même durée tant que la bourse n’est pas décidée.",
    ),
    (
        (ONE_OF_THREE, SuppressPost(id="1", post="p1")),
        "Ce poste est concerné par une transformation dont le poste reste à déterminer"
        f"{N}: il ne peut pas être supprimé ni transformé avant.",
    ),
    (
        (ONE_OF_THREE, TransformUndetermined(id="1", candidates=("p1", "p2"), into=new_post("m"))),
        f"Une autre transformation à déterminer porte sur une partie de ces postes{N}: "
        "elles doivent porter sur les mêmes.",
    ),
    (
        (
            TransformUndetermined(id="0", candidates=("p1", "p2"), into=new_post()),
            TransformUndetermined(id="1", candidates=("p1", "p2"), into=new_post("m")),
        ),
        f"Tous ces postes seraient transformés{N}: la transformation n’est pas indéterminée.",
    ),
    (
        (ONE_OF_THREE, TransformUndetermined(id="open", candidates=("p1", "p2", "p3"), into=new_post("m"))),
        "Cette transformation est déjà ouverte.",
    ),
    (
        (ResolveTransformation(id="1", pending="open", post="p1"),),
        "Cette transformation n’est pas ou n’est plus à déterminer.",
    ),
    (
        (ONE_OF_THREE, ResolveTransformation(id="1", pending="open", post="chief")),
        f"Le poste {CHIEF} ne fait pas partie des postes concernés.",
    ),
]


@pytest.mark.parametrize(
    ("changes", "reason"), REFUSALS, ids=[f"{tag_of(row[0][-1])}-{n}" for n, row in enumerate(REFUSALS)]
)
def test_what_makes_no_sense_is_refused_in_words(changes: tuple[AnyChange, ...], reason: str) -> None:
    before = after(*changes[:-1])
    with pytest.raises(NoLongerFolds) as refusal:
        fold(before, changes[-1:])
    assert str(refusal.value) == reason
    assert refusal.value.change is changes[-1]


def test_every_kind_of_the_catalogue_is_tried() -> None:
    tried = {tag_of(row[0][-1]) for row in REFUSALS}
    assert tried == CATALOGUE.keys()
