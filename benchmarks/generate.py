"""A synthetic région, the same for the same seed: a chart of any size, and drafts of any length over it."""

import random
from decimal import Decimal

from orgchart.changes import (
    AnyChange,
    AttachPosts,
    CreatePost,
    CreateUnit,
    MoveUnit,
    NewPost,
    NewUnit,
    RegradePost,
    RenameUnit,
    RetitlePost,
    SuppressPost,
    TransformPost,
    TransformUndetermined,
)
from orgchart.fold import fold_leniently
from orgchart.nomenclature import Form, Grade, Kind, Nomenclature, Site, Title
from orgchart.records import ManagementLevel, Post, Unit
from orgchart.structure import Structure
from orgchart.values import ChangeId, GradeCode, Hours, KindCode, PostId, SiteCode, TitleCode, UnitId

KINDS = ("pole", "direction", "service", "secteur", "cellule")
GRADES = ("A 1.1", "A 1.2", "A 1.3", "A 2.1", "A 2.2", "A 3", "A 4", "B 1", "B 2", "C 1", "C 2")
TITLES = ("directeur", "responsable", "charge-de-mission", "gestionnaire", "assistant", "agent-technique")
SITES = ("amiens", "arras", "beauvais", "laon", "lille")


def nomenclature() -> Nomenclature:
    return Nomenclature(
        kinds=tuple(
            Kind(code=KindCode(code), label=code, plural=f"{code}s", rank=rank, heads_perimeter=code == "direction")
            for rank, code in enumerate(KINDS)
        ),
        grades=tuple(Grade(code=GradeCode(code), rank=rank, category=code[0]) for rank, code in enumerate(GRADES, 1)),
        titles=tuple(
            Title(code=TitleCode(code), masculine=code.replace("-", " "), masculine_plural=f"{code.replace('-', ' ')}s")
            for code in TITLES
        ),
        sites=tuple(Site(code=SiteCode(code), label=code.title()) for code in SITES),
    )


def region(*, units: int = 1_000, posts: int = 10_000, seed: int = 1) -> Structure:
    """A pôle for about 100 units, directions under it, then three levels; posts spread over all of them."""
    chance = random.Random(seed)
    made: list[Unit] = [Unit(id=UnitId("u0"), kind=KindCode("pole"), label="Région")]
    depths = [0]
    for number in range(1, units):
        above = 0 if number <= max(1, units // 100) else chance.randrange(max(1, number // 5))
        depth = min(depths[above] + 1, len(KINDS) - 1)
        depths.append(depth)
        made.append(
            Unit(
                id=UnitId(f"u{number}"),
                kind=KindCode(KINDS[depth]),
                label=f"{KINDS[depth].title()} n° {number}",
                parent=made[above].id,
                position=number,
                sites=(SiteCode(chance.choice(SITES)),),
                lead=PostId(f"p{number}") if number < posts else None,
            )
        )
    return Structure.of(made, (_post(chance, number, made) for number in range(posts)), nomenclature=nomenclature())


def _post(chance: random.Random, number: int, units: list[Unit]) -> Post:
    """The first posts lead the unit of their number; the others are anywhere."""
    home = units[number] if number < len(units) else chance.choice(units)
    return Post(
        id=PostId(f"p{number}"),
        unit=home.id,
        title=TitleCode(TITLES[1] if number < len(units) else chance.choice(TITLES[2:])),
        form=chance.choice((Form.MASCULINE, Form.FEMININE)),
        grade=GradeCode(chance.choice(GRADES)),
        job_family="administrative",
        corps=("attachés territoriaux",),
        level=ManagementLevel.PROXIMITY if number < len(units) else None,
        hours=Hours(worked=chance.choice((Decimal(35), Decimal(35), Decimal(28), Decimal("17.5")))),
        site=SiteCode(chance.choice(SITES)),
        duties=("Instruire les demandes", "Suivre les dossiers", "Rendre compte"),
        position=number,
    )


def draft(structure: Structure, *, changes: int = 500, seed: int = 1) -> tuple[AnyChange, ...]:
    """So many changes, all of which can be made in this order, spread over the whole chart."""
    chance = random.Random(seed)
    units = [unit.id for unit in structure.units]
    posts = [post.id for post in structure.posts]
    chance.shuffle(posts)
    candidates: list[AnyChange] = []
    while len(candidates) < changes + changes // 2 and posts:
        candidates.append(_change(chance, len(candidates), units, posts, structure))
    refused = {refusal.change.id for refusal in fold_leniently(structure, candidates).refusals}
    return tuple(change for change in candidates if change.id not in refused)[:changes]


def _change(
    chance: random.Random, number: int, units: list[UnitId], posts: list[PostId], structure: Structure
) -> AnyChange:
    """One change of a post that no other of the draft takes, or of any unit."""
    name = ChangeId(f"x{number}")
    post, unit = posts.pop(), chance.choice(units)
    new = NewPost(id=PostId(f"n{number}"), title=TitleCode(TITLES[2]), grade=GradeCode(chance.choice(GRADES)))
    made = NewUnit(id=UnitId(f"c{number}"), kind=KindCode("cellule"), label=f"Cellule n° {number}")
    match number % 11:
        case 0:
            return CreateUnit(id=name, new=made, parent=unit, posts=(post,), announced=1)
        case 1:
            return RenameUnit(id=name, unit=unit, label=f"Unité renommée {number}")
        case 2:
            return MoveUnit(id=name, unit=unit, to=chance.choice(units))
        case 3:
            return CreatePost(id=name, unit=unit, new=new)
        case 4:
            return SuppressPost(id=name, post=post, motive="Le besoin a disparu.")
        case 5 | 6:
            return TransformPost(id=name, post=post, into=new)
        case 7:
            return AttachPosts(id=name, posts=(post,), to=unit)
        case 8:
            return RegradePost(id=name, post=post, grade=GradeCode(chance.choice(GRADES)))
        case 9:
            return RetitlePost(id=name, post=post, title=TitleCode(chance.choice(TITLES)))
        case _:
            alike = structure.post_by_id[post]
            others = [
                each.id
                for each in structure.posts_of[alike.unit]
                if each.id in posts and (each.grade, each.hours) == (alike.grade, alike.hours)
            ]
            if not others:
                return RenameUnit(id=name, unit=unit, label=f"Unité renommée {number}")
            posts.remove(others[0])
            return TransformUndetermined(id=name, candidates=(post, others[0]), into=new)
