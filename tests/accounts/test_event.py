"""The trail is only added to."""

import pytest
from django.db import models
from django.test.utils import isolate_apps
from django.urls import reverse

from accounts import trail
from accounts.actions import record_event
from accounts.models import Event, User
from accounts.models.event import AppendOnly
from accounts.queries import trail_lines


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


def test_lines_name_things_as_they_are_called_today(event, hr, agent, django_assert_num_queries):
    on_line = record_event(verb="grant_role", target=event, by=None, summary="…")
    gone = Event(verb="x", target_type="accounts.user", target_uid="gone", summary="…")
    lost = Event(verb="x", target_type="accounts.vanished", target_uid="1", summary="…")
    agent.name = "Aline Ferrand-Diot"
    agent.save()
    with django_assert_num_queries(2):
        lines = trail_lines([event, on_line, gone, lost])
    assert [(line.target, line.url) for line in lines] == [
        ("Aline Ferrand-Diot", agent.get_absolute_url()),
        (str(event), ""),
        ("", ""),
        ("", ""),
    ]


def test_a_thing_without_a_page_is_only_named(event, agent, monkeypatch):
    monkeypatch.setattr(User, "get_absolute_url", lambda user: reverse("nowhere:nothing"))
    assert [(line.target, line.url) for line in trail_lines([event])] == [(agent.name, "")]


@isolate_apps("accounts")
def test_things_are_known_by_the_best_identifier_they_have():
    class Coded(models.Model):
        code = models.CharField(max_length=3)

        class Meta:
            app_label = "accounts"

        def __str__(self) -> str:
            return self.code

    assert [trail.identifier_of(model) for model in (User, Coded, Event)] == ["uid", "code", "pk"]
