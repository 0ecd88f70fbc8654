"""The trail is only added to."""

import pytest

from accounts import trail
from accounts.actions import record_event
from accounts.models import Event
from accounts.models.event import AppendOnly


@pytest.fixture
def event(hr, agent):
    return record_event(verb="grant_role", target=agent, by=hr, summary="Rôle accordé.", details={"role": "agent"})


def test_a_line_says_who_did_what_to_which_thing(event, hr, agent):
    stored = Event.objects.about("accounts.user", agent.uid).get()
    assert stored == event
    assert (stored.by, stored.label, stored.target_label, stored.details) == (
        hr,
        "Rôle accordé",
        "compte",
        {"role": "agent"},
    )
    assert str(stored) == "Rôle accordé."


@pytest.mark.parametrize(
    "change",
    [
        lambda event: event.save(),
        lambda event: event.delete(),
        lambda event: Event.objects.all().delete(),
        lambda event: Event.objects.update(summary="Rien."),
    ],
)
def test_a_line_is_neither_changed_nor_deleted(event, change):
    event.summary = "Rien."
    with pytest.raises(AppendOnly):
        change(event)
    assert Event.objects.get().summary == "Rôle accordé."


@pytest.mark.parametrize("gone", ["accounts.vanished", "nonsense"])
def test_a_thing_whose_model_is_gone_keeps_its_old_name(gone):
    event = Event(verb="some_old_verb", target_type=gone)
    assert (event.label, event.target_label) == ("some_old_verb", gone)


def test_a_thing_without_opaque_identifier_is_known_by_its_key(event, hr):
    assert record_event(verb="grant_role", target=event, by=hr, summary="…").target_uid == str(event.pk)


def test_every_verb_that_rooms_declare_has_a_label():
    assert trail.labels()["create_user"] == "Compte créé"
    assert all(label and label[0].isupper() for label in trail.labels().values())


def test_every_purge_that_rooms_declare_can_be_called():
    assert all(callable(forget) for forget in trail.purges().values())
    assert trail.purges()
