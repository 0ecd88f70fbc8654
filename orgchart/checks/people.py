"""Checks of what a draft does to those who hold the posts. Posts are named, never persons."""

from collections.abc import Iterator

from ..changes import TransformUndetermined
from ..departures import departures
from ..fates import Fate, touched_posts
from ..french import count, plural, quoted
from .context import Checked
from .problem import Problem, Severity


def situations(checked: Checked) -> Iterator[Problem]:
    """A known holder without a situation blocks submission."""
    for fate in checked.fates:
        if not fate.settled:
            message = (
                f"Le poste {quoted(checked.title(fate.post_before))} est occupé et disparaît : "
                "indiquez la situation de la personne qui l’occupe."
            )
            yield Problem("no_situation", Severity.BLOCKING, "Situation à préciser", message, posts=(fate.post_before,))


def occupation(checked: Checked) -> Iterator[Problem]:
    """Unknown occupation only warns, once."""
    unknown = tuple(post for post in touched_posts(checked.difference) if post not in checked.holders)
    if unknown:
        number = len(unknown)
        message = (
            f"L’occupation de {count(number, 'poste concerné', 'postes concernés')} n’est pas renseignée : "
            f"la situation {plural(number, 'de la personne qui l’occupe', 'des personnes qui les occupent')} "
            "ne peut pas être vérifiée."
        )
        yield Problem("unknown_occupation", Severity.WARNING, "Occupation non renseignée", message, posts=unknown)


def residences(checked: Checked) -> Iterator[Problem]:
    for fate in checked.fates:
        if fate.site_changed:
            message = (
                f"Le poste {quoted(checked.title(fate.post_before))} est occupé et passe {_way(checked, fate)} : "
                "changement de résidence administrative."
            )
            yield Problem("residence", Severity.WARNING, "Résidence administrative", message, posts=(fate.post_before,))


def _way(checked: Checked, fate: Fate) -> str:
    """« de Lille à Amiens »."""
    was, now = checked.before.nomenclature, checked.after.nomenclature
    return " ".join(
        f"{word} {words.site_label(site)}"
        for word, words, site in (("de", was, fate.site_before), ("à", now, fate.site_after))
        if site is not None
    )


def security(checked: Checked) -> Iterator[Problem]:
    """Departures from the principle: nobody forced to another residence, pay kept, part of the duties kept."""
    for fate in checked.fates:
        for departure in departures(checked.before, checked.after, fate):
            message = f"Le poste {quoted(checked.title(fate.post_before))} est occupé : {departure.words}."
            yield Problem("security", Severity.WARNING, "Principe de sécurité", message, posts=(fate.post_before,))


def candidates(checked: Checked) -> Iterator[Problem]:
    """Whether the bourse can say which post is transformed: through the post that the person retained holds."""
    for change in checked.made:
        if not isinstance(change, TransformUndetermined):
            continue
        known = [checked.holders[post] for post in change.candidates if post in checked.holders]
        number = len(change.candidates)
        if len(known) < number:
            continue
        vacant = tuple(post for post in change.candidates if not checked.holders[post])
        if len(vacant) == number:
            severity = Severity.WARNING
            message = (
                f"Les {count(number, 'poste')} dont l’un sera transformé sont vacants : "
                "la bourse ne dira pas lequel, vous pouvez le désigner."
            )
        elif vacant:
            severity = Severity.INFO
            message = (
                "Si la personne retenue n’occupe aucun des postes dont l’un sera transformé, "
                f"{plural(len(vacant), 'le poste vacant sera transformé', 'un des postes vacants sera transformé')}."
            )
        else:
            severity = Severity.INFO
            message = (
                "Les postes dont l’un sera transformé sont tous occupés : si la personne retenue n’en occupe aucun, "
                "un nouvel examen par l’instance peut être nécessaire."
            )
        yield Problem(
            "candidates", severity, "Transformation à déterminer", message, posts=change.candidates, change=change.id
        )
