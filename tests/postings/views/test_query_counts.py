"""How many queries each page of a bourse takes, at each step of its way: as many for 60 people as for 3."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from postings import actions
from postings.models import PostingStatus
from tests.postings.bringing import RULE_ON, apply, bring, decide, examine, person, prepare, sit
from tests.postings.test_outcome_transformation import examined_of, held, in_force  # noqa: F401

from .reading import url
from .test_outcome import decision, seen

PAGES = ("posting", "eligible", "candidates", "interviews", "ranking", "outcome", "minutes", "minutes_unnamed")
PREPARATION = ("posting", "rule", "eligible", "composition", "edit", "publish")
# State → queries of each of PAGES, of PREPARATION before the publication.
EXPECTED = {
    "preparation": (13, 13, 15, 8, 11, 13),
    "published": (12, 15, 10, 10, 11, 12, 15, 16),
    "open": (12, 14, 10, 10, 11, 12, 15, 16),
    "closed": (15, 14, 10, 10, 11, 15, 15, 16),
    "examined": (15, 14, 10, 10, 11, 14, 15, 16),
    "ranked": (15, 14, 10, 10, 11, 14, 15, 16),
    "decided": (13, 14, 10, 10, 11, 11, 15, 16),
}


def counted(client, names=PAGES):
    """Queries of each page."""
    found = []
    for name in names:
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(url(name))
        assert answer.status_code == 200, name
        found.append(len(queries))
    return tuple(found)


@pytest.mark.parametrize("number", [3, 60])
def test_pages_take_as_many_queries_for_many_people_at_each_step(as_hr, to_fill, number):
    agents = [person(f"Agent Numéro{each}") for each in range(number)]
    added = tuple({"agent": each.uid, "reason": "Métier voisin."} for each in agents)
    rule = {"on": RULE_ON.isoformat(), "who": {"rule": "unit", "unit": "service-1"}, "added": list(added)}
    posting = prepare(rule=rule)
    as_hr.get(url("posting"))
    found = {"preparation": counted(as_hr, PREPARATION)}
    bring(posting, PostingStatus.PUBLISHED)
    found["published"] = counted(as_hr)
    bring(posting, PostingStatus.OPEN)
    sit(posting, president=True)
    for each in agents:
        apply(posting, each)
    found["open"] = counted(as_hr)
    bring(posting, PostingStatus.CLOSED)
    found["closed"] = counted(as_hr)
    bring(posting, PostingStatus.EXAMINATION)
    found["examined"] = counted(as_hr)
    for position, each in enumerate(posting.applications.order_by("number"), 1):
        examine(each, position=position)
    found["ranked"] = counted(as_hr)
    decide(posting, posting.applications.order_by("number").first())
    found["decided"] = counted(as_hr)
    assert found == EXPECTED


def test_deciding_on_an_undetermined_transformation_takes_so_many_queries(as_hr, bourse, held, in_force):  # noqa: F811
    """Of two candidates; each candidate more is read, decided and told by itself."""
    posting = examined_of(bourse, *held)
    actions.propose(
        posting=posting, by=None, applications=[posting.applications.first()], reason="Au vu du classement."
    )
    hers, his = posting.applications.order_by("number")
    counts = []
    with CaptureQueriesContext(connection) as queries:
        preview = as_hr.post(url("outcome"), decision(hers, his, do="preview"))
    counts.append(but_locks(queries))
    with CaptureQueriesContext(connection) as queries:
        as_hr.post(url("outcome"), decision(hers, his, do="decide", seen=seen(preview)))
    counts.append(but_locks(queries))
    posting.refresh_from_db()
    assert posting.status == PostingStatus.ASSIGNED
    assert counts == [112, 185]


def but_locks(queries):
    """The lock of the chart is a statement on PostgreSQL, the transaction itself on SQLite."""
    return sum("pg_advisory" not in query["sql"] for query in queries)
