"""What each post touched remembers of an entry into force, in a sentence without names."""

import datetime
from collections.abc import Iterator

from django.urls import reverse

from missions.actions import NewPostEvent
from orgchart import french
from orgchart.diff import Difference, PostDelta, State
from orgchart.naming import Names
from orgchart.records import Post
from orgchart.structure import Structure

from .models import Reorganisation

WORDS = {
    "title": "nouvel intitulé",
    "form": "nouvel intitulé",
    "label": "nouvel intitulé",
    "label_plural": "nouvel intitulé",
    "hours": "nouvelle durée",
    "site": "nouveau site",
    "shares": "nouvelle répartition entre unités",
    "duties": "nouvelles missions",
    "level": "nouveau niveau d’encadrement",
}


def events(difference: Difference, reorganisation: Reorganisation, on: datetime.date) -> Iterator[NewPostEvent]:
    """One event for each post that differs to a reader; the new places of posts in a list say nothing."""
    source = f"par la réorganisation «\u00a0{reorganisation.title}\u00a0»"
    for delta in difference.posts.values():
        if words := describe(difference, delta):
            yield NewPostEvent(
                post_uid=delta.id,
                kind=delta.state.value,
                on=on,
                wording=f"{words} {source}."[:500],
                url=address(reorganisation),
                reorganisation_code=reorganisation.code,
            )


def address(reorganisation: Reorganisation) -> str:
    return reverse("reorganisations:what_changes", args=[reorganisation.code])


def describe(difference: Difference, delta: PostDelta) -> str:
    """« Transféré de la DDPE à la cellule Accompagnement »; nothing when a reader sees no difference."""
    before, after = difference.before, difference.after
    names = Names(before, after)
    match delta.state:
        case State.CREATED:
            return f"Créé dans {names.the_unit(delta.known.unit)}"
        case State.CLOSED:
            return "Supprimé"
        case State.TRANSFORMED:
            known = [before.post_by_id[origin] for origin in delta.known.origins if origin in before.post_by_id]
            if not known:
                return _undetermined(difference, delta)
            return f"Issu de la transformation de {', '.join(_title(before, post) for post in known)}"
        case State.REPLACED:
            new = [post for post in after.posts if delta.id in post.origins]
            return f"Transformé en {', '.join(_title(after, post) for post in new)}"
        case State.TRANSFERRED:
            return f"Transféré {names.of_unit_of(delta.id)} {names.to_unit(delta.known.unit)}"
        case State.CANDIDATE:
            return "Concerné par une transformation à déterminer, ouverte"
        case State.MOVED:
            return f"Rattaché {names.to_unit(delta.known.unit)}"
        case _:
            return _changed(before, after, delta)


def _undetermined(difference: Difference, delta: PostDelta) -> str:
    """« Issu de la transformation d'un des 4 postes de chargé de mission, à déterminer »."""
    pending = next(each for each in difference.pendings_opened if each.into == delta.id)
    after = difference.after
    title = after.title_of(after.post_by_id[pending.candidates[0]])
    return f"Issu de la transformation d’un des {len(pending.candidates)} postes {french.de(title)}, à déterminer,"


def _changed(before: Structure, after: Structure, delta: PostDelta) -> str:
    """The post stands on both sides."""
    was, now = before.post_by_id[delta.id], after.post_by_id[delta.id]
    found = []
    if "grade" in delta.visible_fields:
        found.append(f"cotation {was.grade or 'non renseignée'} → {now.grade or 'non renseignée'}")
    if "frozen" in delta.visible_fields:
        found.append("gelé" if now.frozen else "dégelé")
    found += dict.fromkeys(WORDS[field] for field in delta.visible_fields if field in WORDS)
    return f"Modifié ({', '.join(found)})" if found else ""


def _title(structure: Structure, post: Post) -> str:
    return f"«\u00a0{structure.title_of(post)}\u00a0»"
