"""What a dossier lacks, as far as the reader may know: who holds the posts is for the human resources."""

from missions.models import Assignment
from orgchart.dossier import CommitteeDossier, Facts, Narrative
from orgchart.dossier.completeness import Lack, completeness
from orgchart.dossier.persons import Person, named

from .draft import Draft


def lacks(
    draft: Draft, dossier: CommitteeDossier, facts: Facts, narrative: Narrative, *, people: bool
) -> tuple[Lack, ...]:
    """`draft`: what is read, the draft or one of its sealed texts. `people`: names and situations are looked at too."""
    if not people:
        return completeness(dossier, draft.changes, facts, narrative)
    found = named(draft.before, draft.after, draft.changes, narrative, holders_of_perimeter(draft))
    unsettled = len({fate.holder for fate in draft.unresolved})
    return completeness(dossier, draft.changes, facts, narrative, unsettled=unsettled, named=found)


def holders_of_perimeter(draft: Draft) -> tuple[Person, ...]:
    """Those who hold a post of the unit, or one that the draft touches. One query."""
    root = draft.reorganisation.unit_uid
    before = draft.before
    inside = {post.id for unit in before.units if unit.id == root for post in before.posts_below(unit.id)}
    touched = {post for post, delta in draft.difference.posts.items() if delta.before is not None}
    held = Assignment.objects.in_force_on(draft.day).filter(post__uid__in=inside | touched)
    rows = held.order_by("agent__uid").values_list("agent__first_name", "agent__last_name").distinct()
    return tuple(dict.fromkeys(Person(first, last) for first, last in rows))
