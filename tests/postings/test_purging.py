"""Forgetting, with its dry run; what is counted stays."""

import datetime
import io
import os

import pytest
from django.conf import settings
from django.core.management import call_command

from accounts import trail
from postings import actions, storage
from postings.models import Application, ApplicationFile, Notice, Posting, PostingStatus
from postings.queries.figures import figures_of

from .bringing import CLOSES, DURING, bring, decide, examine, prepare, sit
from .test_applying import PNG

DAY = datetime.timedelta(days=1)


@pytest.fixture
def finished(to_fill, ana, luc, zoe):
    """Decided, with a file; the day of its purge."""
    posting = bring(prepare(), PostingStatus.OPEN)
    sit(posting, president=True)
    draft = actions.save_application(posting=posting, agent=ana, letter="Oui.", gender="femme", by=ana.user)
    actions.add_file(application=draft, name="photo.png", content=PNG, by=ana.user)
    hers = actions.submit_application(application=draft, by=ana.user, now=DURING)
    other = actions.save_application(posting=posting, agent=luc, letter="Oui.", by=luc.user)
    actions.withdraw(application=actions.submit_application(application=other, by=luc.user, now=DURING), by=luc.user)
    bring(posting, PostingStatus.EXAMINATION)
    hers.refresh_from_db()
    examine(hers)
    decide(posting, hers, appeal_until=datetime.date(2022, 7, 2))
    return Posting.objects.get()


def test_applications_go_after_their_period_with_all_they_hold(finished, django_capture_on_commit_callbacks):
    assert finished.purge_on == datetime.date(2022, 7, 2) + settings.APPLICATIONS_KEPT_DAYS * DAY
    figures = figures_of(finished)
    assert figures._asdict() == {
        "eligible": 2,
        "applications": 1,
        "withdrawn": 1,
        "admissible": 1,
        "heard": 0,
        "retained": 1,
        "women": 1,
        "men": 0,
        "unstated": 0,
    }
    path = ApplicationFile.objects.get().path
    assert actions.purge_report(today=finished.purge_on - DAY) == ()
    assert actions.purge_applications(today=finished.purge_on - DAY) == 0
    (due,) = actions.purge_report(today=finished.purge_on)
    assert (due.applications, due.files, due.size, due.eligible) == (2, 1, len(PNG), 2)
    with django_capture_on_commit_callbacks(execute=True):
        assert actions.purge_applications(today=finished.purge_on) == 2
    assert not Application.objects.exists()
    assert not Notice.objects.exists()
    assert not (storage.root() / path).exists()
    finished.refresh_from_db()
    assert figures_of(finished) == figures
    assert finished.outcome.kind == "pourvue"
    assert actions.purge_applications(today=finished.purge_on) == 0


def test_the_dry_run_forgets_nothing_and_the_command_says_what_goes(finished):
    out = io.StringIO()
    call_command("purge_applications", "--dry-run", stdout=out)
    assert "bourse\u00a0: 2 candidature(s), 1 pièce(s)" in out.getvalue()
    assert Application.objects.count() == 2
    call_command("purge_applications", stdout=out)
    assert "Candidatures effacées\u00a0: 2" in out.getvalue()
    assert trail.purges()["Candidatures (deux ans après la fin des recours)"] is actions.purge_applications


def test_one_purged_meanwhile_is_not_purged_again(finished, monkeypatch):
    from postings.actions import purging

    monkeypatch.setattr(purging, "_due", lambda day: [finished])
    assert actions.purge_applications(today=CLOSES.date()) == 0


def test_files_that_nothing_names_go_after_a_day(db):
    old, young = storage.write(b"ancien"), storage.write(b"nouveau")
    os.utime(storage.root() / old, (0, 0))
    actions.purge_applications()
    assert not (storage.root() / old).exists()
    assert (storage.root() / young).exists()
    storage.remove(young)
    storage.remove(young)
