"""What all changes have, and what new posts and units are described with.

Every field carries its French title (and help) as `msgspec.Meta`: forms, the JSON Schema and errors read it there.
"""

import datetime
from typing import Annotated, Any

from msgspec import Meta

from ..nomenclature import Category, Form
from ..records import ManagementLevel, Post, Unit
from ..values import (
    ChangeId,
    Deduction,
    GradeCode,
    Hours,
    KindCode,
    PostId,
    SiteCode,
    TitleCode,
    UnitId,
    Value,
)
from ..working_copy import WorkingCopy


class Change(Value, frozen=True, kw_only=True, tag_field="type"):
    """One typed step of a reorganisation (« ajustement »).

    `on`: its own date when it is staged; `eventually`: staged, but its date is not known (« à terme »); neither: the
    date of the reorganisation. `deduced`: the fields that no source states.
    """

    id: ChangeId
    motive: Annotated[str, Meta(title="Motif", description="Pourquoi cet ajustement : il figure dans le rapport.")] = ""
    on: Annotated[
        datetime.date | None,
        Meta(title="Date propre", description="À remplir si l’ajustement n’a pas la date de la réorganisation."),
    ] = None
    eventually: Annotated[bool, Meta(title="À terme", description="La date n’est pas encore connue.")] = False
    deduced: tuple[Deduction, ...] = ()

    def __post_init__(self) -> None:
        if self.on and self.eventually:
            raise ValueError("Un ajustement a une date ou se fait « à terme », pas les deux.")

    def apply(self, chart: WorkingCopy) -> None:
        """Change the working copy. Raises ImpossibleChange, stating the fact, when it makes no sense there."""
        raise TypeError(f"{type(self).__name__} n’est pas un ajustement du catalogue.")


class NewUnit(Value, frozen=True, kw_only=True):
    """A unit as a change makes it."""

    id: UnitId
    kind: Annotated[KindCode, Meta(title="Type d’unité")]
    label: Annotated[str, Meta(title="Libellé", min_length=1, max_length=200)]
    acronym: Annotated[str, Meta(title="Sigle", max_length=40)] = ""
    aliases: Annotated[tuple[str, ...], Meta(title="Autres appellations", description="Une par ligne.")] = ()
    sites: Annotated[tuple[SiteCode, ...], Meta(title="Sites")] = ()
    purposes: Annotated[tuple[str, ...], Meta(title="Missions de l’unité", description="Une par ligne.")] = ()
    provisional: Annotated[bool, Meta(title="Nom provisoire")] = False

    def unit(self, **fields: Any) -> Unit:
        made = {field: getattr(self, field) for field in self.__struct_fields__}
        return Unit(**made | fields)


class NewPost(Value, frozen=True, kw_only=True):
    """A post as a change makes it. What is left empty is unknown. `leads`: it leads the unit it is made in."""

    id: PostId
    title: Annotated[TitleCode | None, Meta(title="Intitulé")] = None
    form: Annotated[Form, Meta(title="Forme de l’intitulé")] = Form.MASCULINE
    label: Annotated[str, Meta(title="Libellé imprimé", description="S’il diffère de l’intitulé.", max_length=200)] = ""
    label_plural: Annotated[str, Meta(title="Libellé imprimé au pluriel", max_length=200)] = ""
    grade: Annotated[
        GradeCode | None, Meta(title="Cotation", description="Niveau du poste dans la grille de l’employeur.")
    ] = None
    category: Annotated[Category | None, Meta(title="Catégorie")] = None
    job_family: Annotated[str, Meta(title="Filière")] = ""
    corps: Annotated[tuple[str, ...], Meta(title="Cadres d’emplois", description="Un par ligne.")] = ()
    statutory_grades: Annotated[
        tuple[str, ...], Meta(title="Grades statutaires ouverts", description="Un par ligne.")
    ] = ()
    level: Annotated[ManagementLevel | None, Meta(title="Niveau d’encadrement")] = None
    hours: Annotated[Hours | None, Meta(title="Durée du poste")] = None
    site: Annotated[SiteCode | None, Meta(title="Site")] = None
    duties: Annotated[tuple[str, ...], Meta(title="Missions du poste", description="Une par ligne.")] = ()
    leads: Annotated[bool, Meta(title="Dirige l’unité")] = False

    def post(self, unit: UnitId, *, origins: tuple[PostId, ...] = ()) -> Post:
        made = {field: getattr(self, field) for field in self.__struct_fields__ if field != "leads"}
        return Post(unit=unit, origins=origins, **made)


def add_new_post(chart: WorkingCopy, new: NewPost, unit: UnitId, *, origins: tuple[PostId, ...] = ()) -> None:
    chart.add_post(new.post(unit, origins=origins))
    if new.leads:
        chart.replace_unit(unit, lead=new.id)
