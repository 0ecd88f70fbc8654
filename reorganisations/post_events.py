"""What each post touched remembers of an entry into force, in a sentence without names."""

import datetime
from collections.abc import Iterator

from django.urls import reverse

from missions.actions import NewPostEvent
from orgchart.diff import Difference, PostDelta, State
from orgchart.structure import Post, Structure

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
    """« Transféré de « DDPE » à « Cellule Accompagnement » »; nothing when a reader sees no difference."""
    before, after = difference.before, difference.after
    match delta.state:
        case State.CREATED:
            return f"Créé dans {_unit(after, delta.known)}"
        case State.CLOSED:
            return "Supprimé"
        case State.TRANSFORMED:
            old = ", ".join(
                f"«\u00a0{before.title_of(post)}\u00a0»"
                for origin in delta.known.origins
                if (post := before.post_by_id.get(origin))
            )
            return f"Issu de la transformation du poste {old}" if old else f"Créé dans {_unit(after, delta.known)}"
        case State.REPLACED:
            new = next((post for post in after.posts if delta.id in post.origins), None)
            return f"Transformé en «\u00a0{after.title_of(new)}\u00a0»" if new else "Transformé"
        case State.TRANSFERRED:
            return f"Transféré de {_from(before, delta)} à {_unit(after, delta.known)}"
        case State.CANDIDATE:
            return "Compté parmi les postes dont l’un sera transformé, à déterminer par la bourse,"
        case State.MOVED:
            return f"Rattaché à {_unit(after, delta.known)}"
        case _:
            return _changed(delta)


def _changed(delta: PostDelta) -> str:
    found = []
    if "grade" in delta.visible_fields and delta.before and delta.after:
        old, new = (post.grade or "non renseignée" for post in (delta.before, delta.after))
        found.append(f"cotation {old} → {new}")
    if "frozen" in delta.visible_fields and delta.after:
        found.append("gelé" if delta.after.frozen else "dégelé")
    found += dict.fromkeys(WORDS[field] for field in delta.visible_fields if field in WORDS)
    return f"Modifié ({', '.join(found)})" if found else ""


def _unit(structure: Structure, post: Post) -> str:
    return f"«\u00a0{structure.unit_label(post.unit)}\u00a0»"


def _from(structure: Structure, delta: PostDelta) -> str:
    return _unit(structure, delta.before) if delta.before else "l’extérieur"
