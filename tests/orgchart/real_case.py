"""The Mission Proch'Orientation before and after the session of 4 October 2021, built in Python for tests."""

import datetime

from orgchart.changes import AnyChange, CloseUnit, CreateUnit, NewPost, NewUnit, TransferPost, TransformUndetermined
from orgchart.checks import Announced, AnnouncedPart
from orgchart.dossier import Facts, Milestone, Narrative, NarrativeSection
from orgchart.nomenclature import Form, Grade, Kind, Nomenclature, Site, Title
from orgchart.records import ManagementLevel, Post, Unit
from orgchart.structure import Structure
from orgchart.values import ChangeId, Deduction, GradeCode, KindCode, PostId, SiteCode, TitleCode, UnitId

SESSION = datetime.date(2021, 10, 4)

MISSION = UnitId("mission-proch-orientation")
POLE = UnitId("pole-education-lycees")
DDPE = UnitId("ddpe")
EDITORIAL = UnitId("cellule-editoriale")
DIRECTION = UnitId("cellule-de-direction")
SECTOR = UnitId("secteur-information")
ACCOMPANIMENT = UnitId("cellule-accompagnement")

DIRECTOR = PostId("directrice")
ADVISERS = (PostId("conseillere-technique-1"), PostId("conseillere-technique-2"))
FINANCE = PostId("cadre-administratif-et-financier")
EDITORS = tuple(PostId(f"charge-de-mission-{n}") for n in range(1, 5))
GRAPHISTS = (PostId("graphiste-1"), PostId("graphiste-2"))
OFFICER = PostId("charge-de-mission-partenariats")
REFERENTS = tuple(PostId(f"referent-departemental-{n}") for n in range(1, 6))
PROJECT_LEAD = PostId("responsable-de-projet")
SECTOR_LEAD = PostId("responsable-de-secteur")

A13, A22, A3, A4 = (GradeCode(code) for code in ("A 1.3", "A 2.2", "A 3", "A 4"))

SECTOR_DUTIES = (
    "Fixer les objectifs du service et les actions qui les mettent en œuvre",
    "Préparer et écrire le programme annuel d’activités et le rapport qui en rend compte",
    "Lancer, animer et coordonner les actions du service à Amiens et à Lille",
    "Évaluer les personnels",
    "Programmer la production et la diffusion imprimée ou numérique, et valider les contenus de la chaîne éditoriale",
    "Inscrire le service dans une démarche de projet et d’innovation",
    "Évaluer les productions",
    "Organiser et suivre la collaboration avec l’Onisep et les autres partenaires",
    "Créer des synergies avec les partenaires institutionnels et économiques, régionaux et académiques",
)
PROJECT_DUTIES = (
    "Recenser les solutions de raccrochage en région, leurs interactions et leurs partenariats",
    "Piloter et animer la stratégie régionale concertée en faveur des jeunes sortis de formation initiale sans diplôme",
    "Suivre la question du décrochage scolaire dans les Hauts-de-France et en assurer la veille",
)

NOMENCLATURE = Nomenclature(
    kinds=(
        Kind(code=KindCode("pole"), label="pôle", plural="pôles", rank=1),
        Kind(
            code=KindCode("direction"),
            label="direction",
            plural="directions",
            feminine=True,
            rank=2,
            heads_perimeter=True,
        ),
        Kind(code=KindCode("mission"), label="mission", plural="missions", feminine=True, rank=3, heads_perimeter=True),
        Kind(code=KindCode("secteur"), label="secteur", plural="secteurs", rank=5),
        Kind(code=KindCode("cellule"), label="cellule", plural="cellules", feminine=True, rank=6),
        Kind(code=KindCode("unite"), label="unité", plural="unités", feminine=True, rank=7),
    ),
    grades=(
        Grade(code=A13, rank=1, category="A"),
        Grade(code=A22, rank=2, category="A"),
        Grade(code=A3, rank=3, category="A"),
        Grade(code=A4, rank=4, category="A"),
    ),
    titles=(
        Title(
            code=TitleCode("directeur"),
            masculine="directeur",
            masculine_plural="directeurs",
            feminine="directrice",
            feminine_plural="directrices",
        ),
        Title(
            code=TitleCode("conseiller-technique"),
            masculine="conseiller technique",
            masculine_plural="conseillers techniques",
            feminine="conseillère technique",
            feminine_plural="conseillères techniques",
        ),
        Title(
            code=TitleCode("cadre-administratif-et-financier"),
            masculine="cadre administratif et financier",
            masculine_plural="cadres administratifs et financiers",
        ),
        Title(
            code=TitleCode("responsable-de-secteur"),
            masculine="responsable de secteur",
            masculine_plural="responsables de secteur",
        ),
        Title(
            code=TitleCode("responsable-de-projet"),
            masculine="responsable de projet",
            masculine_plural="responsables de projet",
        ),
        Title(
            code=TitleCode("charge-de-mission"), masculine="chargé de mission", masculine_plural="chargés de mission"
        ),
        Title(code=TitleCode("graphiste"), masculine="graphiste", masculine_plural="graphistes"),
        Title(
            code=TitleCode("referent-departemental"),
            masculine="chargé de mission référent départemental",
            masculine_plural="chargés de mission référents départementaux",
        ),
    ),
    sites=(Site(code=SiteCode("amiens"), label="Amiens"), Site(code=SiteCode("lille"), label="Lille")),
)

UNITS = (
    Unit(id=POLE, kind=KindCode("pole"), label="Pôle Éducation Lycées", partial=True),
    Unit(id=MISSION, kind=KindCode("mission"), label="Mission Proch’Orientation", parent=POLE),
    Unit(
        id=EDITORIAL,
        kind=KindCode("cellule"),
        label="Cellule éditoriale",
        parent=MISSION,
        deduced=(
            Deduction(field="posts", reason="le secteur qui lui succède regroupe 4 chargés de mission et 2 graphistes"),
        ),
    ),
    Unit(id=DDPE, kind=KindCode("unite"), label="DDPE", acronym="DDPE", partial=True, position=1),
)


def _posts() -> tuple[Post, ...]:
    code = TitleCode
    unit_unknown = (Deduction(field="unit", reason="unité non renseignée : poste rattaché directement à la mission"),)
    referents = {
        "label": "Chargé/e de mission référent/e départemental/e",
        "label_plural": "Chargé/e/s de mission référent/s départementaux",
    }
    return (
        Post(
            id=DIRECTOR,
            unit=MISSION,
            title=code("directeur"),
            form=Form.FEMININE,
            grade=A13,
            level=ManagementLevel.DIRECTION,
            deduced=unit_unknown,
        ),
        *(
            Post(
                id=each,
                unit=MISSION,
                title=code("conseiller-technique"),
                form=Form.FEMININE,
                grade=A22,
                position=n,
                deduced=unit_unknown,
            )
            for n, each in enumerate(ADVISERS, 1)
        ),
        Post(id=FINANCE, unit=MISSION, title=code("cadre-administratif-et-financier"), grade=A3, position=3),
        Post(id=OFFICER, unit=MISSION, title=code("charge-de-mission"), grade=A3, position=4, deduced=unit_unknown),
        *(
            Post(
                id=each,
                unit=MISSION,
                title=code("referent-departemental"),
                grade=A3,
                position=n,
                deduced=unit_unknown,
                **referents,
            )
            for n, each in enumerate(REFERENTS, 5)
        ),
        *(
            Post(id=each, unit=EDITORIAL, title=code("charge-de-mission"), grade=A3, position=n)
            for n, each in enumerate(EDITORS)
        ),
        *(
            Post(id=each, unit=EDITORIAL, title=code("graphiste"), grade=A4, position=n)
            for n, each in enumerate(GRAPHISTS, 4)
        ),
        Post(id=PROJECT_LEAD, unit=DDPE, title=code("responsable-de-projet"), grade=A22, duties=PROJECT_DUTIES),
    )


def before() -> Structure:
    """16 posts in the mission (deduced), and the one known of the DDPE."""
    return Structure.of(UNITS, _posts(), nomenclature=NOMENCLATURE)


CREATE_DIRECTION = CreateUnit(
    id=ChangeId("creer-cellule-de-direction"),
    new=NewUnit(id=DIRECTION, kind=KindCode("cellule"), label="Cellule de direction"),
    parent=MISSION,
    posts=(DIRECTOR, *ADVISERS, FINANCE),
    lead=DIRECTOR,
    announced=4,
    motive="Donner à la mission une équipe de direction identifiée.",
    deduced=(Deduction(field="lead", reason="la directrice est le seul manager de direction de la cellule"),),
)
CREATE_SECTOR = CreateUnit(
    id=ChangeId("creer-secteur-information"),
    new=NewUnit(
        id=SECTOR,
        kind=KindCode("secteur"),
        label="Secteur Information sur les métiers et les formations",
        aliases=("Service Information sur les métiers et les formations", "Cellule Information sur les métiers"),
        sites=(SiteCode("amiens"), SiteCode("lille")),
    ),
    parent=MISSION,
    posts=(*EDITORS, *GRAPHISTS),
    announced=6,
    motive="Mieux exercer les métiers de la production éditoriale, compétence transférée aux régions.",
)
TRANSFORM = TransformUndetermined(
    id=ChangeId("transformer-charge-de-mission"),
    candidates=EDITORS,
    into=NewPost(
        id=SECTOR_LEAD,
        title=TitleCode("responsable-de-secteur"),
        grade=A22,
        level=ManagementLevel.PROXIMITY,
        duties=SECTOR_DUTIES,
        leads=True,
    ),
    opened_to="tous les chargés de mission de la cellule éditoriale",
    motive="Confier à un même poste l’encadrement de l’équipe et la rédaction en chef.",
)
CREATE_ACCOMPANIMENT = CreateUnit(
    id=ChangeId("creer-cellule-accompagnement"),
    new=NewUnit(
        id=ACCOMPANIMENT,
        kind=KindCode("cellule"),
        label="Cellule Accompagnement des parcours et développement des partenariats",
        purposes=("Animation régionale des solutions de lutte contre le décrochage",),
    ),
    parent=MISSION,
    posts=(OFFICER, *REFERENTS),
    lead=DIRECTOR,
    announced=7,
    motive="Réunir l’accompagnement des parcours, les partenariats et la lutte contre le décrochage.",
)
TRANSFER = TransferPost(
    id=ChangeId("transferer-responsable-de-projet"),
    post=PROJECT_LEAD,
    to=ACCOMPANIMENT,
    agreed=True,
    motive="Couvrir le même périmètre d’action que l’État sur l’orientation et le décrochage.",
)
CLOSE_EDITORIAL = CloseUnit(
    id=ChangeId("supprimer-cellule-editoriale"),
    unit=EDITORIAL,
    successors=(SECTOR,),
    motive="Ses six postes forment le nouveau secteur.",
    deduced=(Deduction(reason="le rapport ne dit rien de la cellule éditoriale, dont tous les postes sont repris"),),
)

CHANGES: tuple[AnyChange, ...] = (
    CREATE_DIRECTION,
    CREATE_SECTOR,
    TRANSFORM,
    CREATE_ACCOMPANIMENT,
    TRANSFER,
    CLOSE_EDITORIAL,
)


FACTS = Facts(
    code="proch-orientation-2021",
    title="Structuration de la Mission Proch’Orientation",
    unit=MISSION,
    committee="Comité technique paritaire",
    session_on=SESSION,
    announced=(
        Announced(
            unit=MISSION,
            parts=(
                AnnouncedPart(label="postes à la création de la mission", posts=9),
                AnnouncedPart(label="postes ouverts au titre du droit à compensation", posts=6),
                AnnouncedPart(label="poste transféré de la DDPE", posts=1),
            ),
        ),
    ),
    milestones=(
        Milestone(on="2020-03", label="Création de la mission", posts_announced=9),
        Milestone(on="2020-07", label="Début de la structuration de la mission"),
        Milestone(on="2020-07-06", label="Le CT met en place la cellule éditoriale"),
    ),
)

NARRATIVE = Narrative(
    sections=(
        NarrativeSection(
            key="context",
            title="Contexte",
            markdown="La loi du 5 septembre 2018 a confié à la Région l'information sur les métiers et les formations.",
        ),
        NarrativeSection(
            key="method",
            title="Méthode",
            markdown=(
                "Trois séminaires ouverts à tous :\n\n- juillet 2020, à Amiens (Saint-Leu) ;\n"
                "- décembre 2020, à Arras (Lycée Guy Mollet) ;\n- juin 2021, à Lille (Lycée Pasteur)."
            ),
        ),
        NarrativeSection(
            key="aims", title="Objectifs", markdown="Une action plus **lisible**, une mission mieux organisée."
        ),
        NarrativeSection(
            key="sector",
            title="Le secteur",
            change=CREATE_SECTOR.id,
            markdown="Le secteur réunit les métiers de la production éditoriale.",
        ),
        NarrativeSection(
            key="transfer",
            title="Le poste transféré",
            change=TRANSFER.id,
            markdown="La mission aura le même périmètre que l'État (DRAIO).",
        ),
        NarrativeSection(
            key="funding",
            title="Financement",
            markdown="Les 6 postes relèvent du droit à compensation (loi n° 2018-771, article 18).",
        ),
    )
)
