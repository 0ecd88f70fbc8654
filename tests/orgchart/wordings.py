"""Each kind of change on the real case, with its verb phrase, noun phrase and details."""

import datetime
from decimal import Decimal

from orgchart.changes import (
    AttachPosts,
    ChangePostHours,
    ChangePostSite,
    ChangeUnitKind,
    ChangeUnitSites,
    CreatePost,
    CreateUnit,
    FreezePost,
    LinkUnit,
    MergeUnits,
    MoveUnit,
    NewPost,
    NewUnit,
    Part,
    RedeployPost,
    RegradePost,
    RenameUnit,
    RetitlePost,
    SetLead,
    SetSuperiors,
    SharePost,
    SplitUnit,
    SuppressPost,
    TransferPost,
    TransformPost,
    TransformUndetermined,
)
from orgchart.values import ChangeId, Hours, KindCode, PostId, Share, SiteCode, TitleCode, UnitId
from tests.orgchart import real_case as case

ID = ChangeId("ajustement")
ANTENNA = NewUnit(id=UnitId("antenne"), kind=KindCode("unite"), label="Antenne de Lille", acronym="AL")

UNIT_CHANGES = [
    (
        CreateUnit(id=ID, new=ANTENNA, parent=case.MISSION, units=(case.EDITORIAL,), posts=(case.DIRECTOR,)),
        "Créer l’unité Antenne de Lille",
        "Création d’une unité Antenne de Lille (7 postes)",
        ("regroupe 1 poste existant et 1 unité existante",),
    ),
    (
        CreateUnit(id=ID, new=ANTENNA, parent=case.MISSION),
        "Créer l’unité Antenne de Lille",
        "Création d’une unité Antenne de Lille (0 poste)",
        (),
    ),
    (
        RenameUnit(id=ID, unit=case.EDITORIAL, label="Rédaction", acronym="RED", provisional=True),
        "Renommer la cellule éditoriale en « Rédaction » (sigle : RED)",
        "Changement de nom de la cellule éditoriale, qui devient « Rédaction » (sigle : RED)",
        ("nom provisoire",),
    ),
    (
        RenameUnit(id=ID, unit=case.EDITORIAL, label="Rédaction"),
        "Renommer la cellule éditoriale en « Rédaction »",
        "Changement de nom de la cellule éditoriale, qui devient « Rédaction »",
        (),
    ),
    (
        MoveUnit(id=ID, unit=case.EDITORIAL, to=case.POLE, on=datetime.date(2022, 1, 1)),
        "Rattacher la cellule éditoriale au pôle Éducation Lycées",
        "Rattachement de la cellule éditoriale au pôle Éducation Lycées",
        ("à compter du 1er janvier 2022",),
    ),
    (
        LinkUnit(id=ID, unit=case.EDITORIAL, to=case.DDPE, eventually=True),
        "Relier la cellule éditoriale à la DDPE par un lien fonctionnel",
        "Lien fonctionnel de la cellule éditoriale avec la DDPE",
        ("le rattachement hiérarchique ne change pas", "à terme"),
    ),
    (
        MergeUnits(
            id=ID,
            units=(case.EDITORIAL, case.DDPE),
            into=NewUnit(id=UnitId("s"), kind=KindCode("secteur"), label="Secteur Édition"),
            parent=case.MISSION,
            lead=case.EDITORS[0],
        ),
        "Fusionner la cellule éditoriale et la DDPE en un secteur Édition",
        "Fusion de la cellule éditoriale et de la DDPE en un secteur Édition (7 postes)",
        ("dirigé par un poste de chargé de mission (A 3)",),
    ),
    (
        SplitUnit(
            id=ID,
            unit=case.EDITORIAL,
            into=(
                Part(new=NewUnit(id=UnitId("a"), kind=KindCode("cellule"), label="Textes"), posts=case.EDITORS),
                Part(new=NewUnit(id=UnitId("b"), kind=KindCode("cellule"), label="Images"), posts=case.GRAPHISTS),
            ),
        ),
        "Scinder la cellule éditoriale en 2 unités",
        "Scission de la cellule éditoriale en 2 unités",
        ("une cellule Textes (4 postes)", "une cellule Images (2 postes)"),
    ),
    (
        SetLead(id=ID, unit=case.EDITORIAL, lead=case.DIRECTOR),
        "Confier la direction de la cellule éditoriale au poste de directrice (A 1.3)",
        "Direction de la cellule éditoriale confiée au poste de directrice (A 1.3)",
        (),
    ),
    (
        SetLead(id=ID, unit=case.EDITORIAL, lead=case.GRAPHISTS[0]),
        "Confier la direction de la cellule éditoriale à un poste de graphiste (A 4)",
        "Direction de la cellule éditoriale confiée à un poste de graphiste (A 4)",
        (),
    ),
    (
        ChangeUnitKind(id=ID, unit=case.EDITORIAL, kind=KindCode("secteur")),
        "Transformer la cellule éditoriale en secteur",
        "Transformation de la cellule éditoriale en secteur",
        (),
    ),
    (
        ChangeUnitSites(id=ID, unit=case.EDITORIAL, sites=(SiteCode("amiens"), SiteCode("lille"))),
        "Changer l’implantation de la cellule éditoriale : Amiens et Lille",
        "Implantation de la cellule éditoriale : Amiens et Lille",
        (),
    ),
]

NEW = NewPost(id=PostId("neuf"), title=TitleCode("responsable-de-secteur"), grade=case.A22, leads=True)
SHARES = (Share(unit=case.MISSION, percent=Decimal(60)), Share(unit=case.EDITORIAL, percent=Decimal(40)))

POST_CHANGES = [
    (
        CreatePost(id=ID, unit=case.EDITORIAL, new=NEW),
        "Créer un poste de responsable de secteur (A 2.2)",
        "Création d’un poste de responsable de secteur (A 2.2)",
        ("dans la cellule éditoriale", "dirige l’unité"),
    ),
    (
        CreatePost(id=ID, unit=case.EDITORIAL, new=NewPost(id=PostId("neuf"), label="assistante")),
        "Créer un poste d’assistante",
        "Création d’un poste d’assistante",
        ("dans la cellule éditoriale",),
    ),
    (
        CreatePost(id=ID, unit=case.EDITORIAL, new=NewPost(id=PostId("neuf"))),
        "Créer un poste, intitulé non renseigné",
        "Création d’un poste, intitulé non renseigné",
        ("dans la cellule éditoriale",),
    ),
    (
        SuppressPost(id=ID, post=case.GRAPHISTS[0]),
        "Supprimer un poste de graphiste (A 4)",
        "Suppression d’un poste de graphiste (A 4)",
        ("dans la cellule éditoriale",),
    ),
    (
        SuppressPost(id=ID, post=case.GRAPHISTS[0], counterparts=(case.FINANCE,)),
        "Supprimer un poste de graphiste (A 4)",
        "Suppression d’un poste de graphiste (A 4)",
        (
            "dans la cellule éditoriale",
            "contrepartie : création du poste de cadre administratif et financier (A 3) "
            "dans la mission Proch’Orientation",
        ),
    ),
    (
        SetSuperiors(id=ID, post=case.FINANCE, superiors=(case.DIRECTOR,)),
        "Placer le poste de cadre administratif et financier (A 3) sous l’autorité fonctionnelle "
        "du poste de directrice (A 1.3), dans la mission Proch’Orientation",
        "Autorité fonctionnelle du poste de directrice (A 1.3), dans la mission Proch’Orientation, "
        "sur le poste de cadre administratif et financier (A 3)",
        ("le rattachement hiérarchique ne change pas",),
    ),
    (
        TransformPost(id=ID, post=case.FINANCE, into=NEW, as_suppression_and_creation=True),
        "Transformer le poste de cadre administratif et financier (A 3) en responsable de secteur (A 2.2)",
        "Transformation du poste de cadre administratif et financier (A 3) en responsable de secteur (A 2.2)",
        ("dirige l’unité", "l’emploi lui-même change : suppression et création à la délibération"),
    ),
    (
        TransformPost(id=ID, post=case.FINANCE, into=NewPost(id=PostId("neuf"), label="secrétaire")),
        "Transformer le poste de cadre administratif et financier (A 3) en secrétaire",
        "Transformation du poste de cadre administratif et financier (A 3) en secrétaire",
        (),
    ),
    (
        TransformUndetermined(
            id=ID, candidates=(case.FINANCE, case.OFFICER), into=NEW, as_suppression_and_creation=True
        ),
        "Transformer un des 2 postes suivants : cadre administratif et financier et chargé de mission "
        "en responsable de secteur (A 2.2)",
        "Transformation d’un des 2 postes suivants : cadre administratif et financier et chargé de mission "
        "en responsable de secteur (A 2.2)",
        (
            "le poste transformé sera déterminé par la bourse interne",
            "dirige l’unité",
            "l’emploi lui-même change : suppression et création à la délibération",
        ),
    ),
    (
        AttachPosts(id=ID, posts=(*case.EDITORS[:3], case.GRAPHISTS[0]), to=case.MISSION),
        "Rattacher 3 postes de chargé de mission (A 3) et un poste de graphiste (A 4) à la mission Proch’Orientation",
        "Rattachement de 3 postes de chargé de mission (A 3) et d’un poste de graphiste (A 4) "
        "à la mission Proch’Orientation",
        (),
    ),
    (
        AttachPosts(id=ID, posts=(case.DIRECTOR,), to=case.EDITORIAL),
        "Rattacher le poste de directrice (A 1.3) à la cellule éditoriale",
        "Rattachement du poste de directrice (A 1.3) à la cellule éditoriale",
        (),
    ),
    (
        TransferPost(id=ID, post=case.DIRECTOR, to=case.DDPE),
        "Transférer le poste de directrice (A 1.3) depuis la mission Proch’Orientation",
        "Transfert du poste de directrice (A 1.3) depuis la mission Proch’Orientation",
        ("vers la DDPE",),
    ),
    (
        RedeployPost(id=ID, post=case.FINANCE, to=case.EDITORIAL, into=NewPost(id=PostId("neuf"), label="rédactrice")),
        "Redéployer le poste de cadre administratif et financier (A 3) en rédactrice",
        "Redéploiement du poste de cadre administratif et financier (A 3) en rédactrice",
        ("depuis la mission Proch’Orientation vers la cellule éditoriale",),
    ),
    (
        RedeployPost(
            id=ID,
            post=case.FINANCE,
            to=case.EDITORIAL,
            into=NewPost(id=PostId("neuf"), label="rédactrice"),
            as_suppression_and_creation=True,
        ),
        "Redéployer le poste de cadre administratif et financier (A 3) en rédactrice",
        "Redéploiement du poste de cadre administratif et financier (A 3) en rédactrice",
        (
            "depuis la mission Proch’Orientation vers la cellule éditoriale",
            "l’emploi lui-même change : suppression et création à la délibération",
        ),
    ),
    (
        RegradePost(id=ID, post=case.FINANCE, grade=case.A22),
        "Changer la cotation du poste de cadre administratif et financier : de A 3 à A 2.2",
        "Changement de cotation du poste de cadre administratif et financier : de A 3 à A 2.2",
        (),
    ),
    (
        RetitlePost(id=ID, post=case.FINANCE, title=None, label="responsable financier"),
        "Renommer le poste de cadre administratif et financier (A 3) en « responsable financier »",
        "Changement d’intitulé du poste de cadre administratif et financier (A 3), "
        "qui devient « responsable financier »",
        (),
    ),
    (
        ChangePostHours(id=ID, post=case.FINANCE, hours=Hours(worked=Decimal("17.5"))),
        "Changer la durée du poste de cadre administratif et financier (A 3) : 17,5/35 (jusqu’ici non renseignée)",
        "Changement de la durée du poste de cadre administratif et financier (A 3) : "
        "17,5/35 (jusqu’ici non renseignée)",
        (),
    ),
    (
        SharePost(id=ID, post=case.FINANCE, shares=SHARES),
        "Partager le poste de cadre administratif et financier (A 3) entre la mission Proch’Orientation (60 %) "
        "et la cellule éditoriale (40 %)",
        "Partage du poste de cadre administratif et financier (A 3) entre la mission Proch’Orientation (60 %) "
        "et la cellule éditoriale (40 %)",
        (),
    ),
    (
        FreezePost(id=ID, post=case.FINANCE),
        "Geler le poste de cadre administratif et financier (A 3)",
        "Gel du poste de cadre administratif et financier (A 3)",
        ("le poste reste compté, aucun recrutement n’y est possible",),
    ),
    (
        ChangePostSite(id=ID, post=case.FINANCE, site=SiteCode("lille")),
        "Changer le site du poste de cadre administratif et financier (A 3) : Lille (jusqu’ici non renseigné)",
        "Changement de site du poste de cadre administratif et financier (A 3) : Lille (jusqu’ici non renseigné)",
        (),
    ),
]
