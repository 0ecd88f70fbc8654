"""The agent's side, and the files."""

import io
import os
from datetime import timedelta

import pytest
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from accounts.models import Event
from accounts.permissions import NotAllowed
from missions.actions import update_agent
from postings import actions, pieces, storage
from postings.actions import files
from postings.exceptions import (
    FileRefused,
    ImpossibleTransition,
    InvalidApplication,
    NeedsNotMet,
    NotEditable,
    NotEligible,
    TooLate,
)
from postings.models import Application, ApplicationFile, ApplicationStatus, PostingStatus

from .bringing import BEFORE, CLOSES, DURING, OPENS, apply, bring, person, prepare

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"


def draft_of(posting, agent, letter="Je souhaite ce poste.", **given):
    return actions.save_application(posting=posting, agent=agent, letter=letter, by=agent.user, **given)


def test_an_application_is_saved_then_submitted_in_time(opened, ana, luc):
    draft = draft_of(opened, ana, "Début")
    again = draft_of(opened, ana, "Lettre finie", gender="femme")
    assert (again.pk, again.letter, again.wish_rank) == (draft.pk, "Lettre finie", 1)
    submitted = actions.submit_application(application=draft, by=ana.user, now=CLOSES - timedelta(seconds=1))
    assert (submitted.status, submitted.number, draft.status) == ("deposee", 1, "deposee")
    assert apply(opened, luc).number == 2
    with pytest.raises(NotEditable, match="est déposée"):
        draft_of(opened, ana)
    with pytest.raises(ImpossibleTransition):
        actions.submit_application(application=draft, by=ana.user, now=DURING)
    assert str(submitted) == "Candidature n°\u00a01"


def test_a_late_attempt_is_refused_with_the_exact_time_and_its_text_stays(opened, ana):
    draft = draft_of(opened, ana)
    at = CLOSES + timedelta(seconds=7)
    with pytest.raises(TooLate) as told:
        actions.submit_application(application=draft, by=ana.user, now=at)
    assert "arrivée le 31\u00a0mars\u00a02022 à 12\u00a0h\u00a000\u00a0min\u00a007\u00a0s" in str(told.value)
    assert "close depuis le 31\u00a0mars\u00a02022 à 12\u00a0h\u00a000\u00a0min\u00a000\u00a0s" in str(told.value)
    draft.refresh_from_db()
    assert (draft.status, draft.letter, draft.late_at) == ("brouillon", "Je souhaite ce poste.", at)
    assert Event.objects.get(verb="late_application").details["at"] == at.isoformat()
    with pytest.raises(TooLate):
        actions.submit_application(application=draft, by=ana.user, now=CLOSES)


def test_the_clock_does_not_close_on_one_that_came_in_time(opened, ana):
    draft = draft_of(opened, ana)
    bring(opened, PostingStatus.CLOSED)
    assert actions.submit_application(application=draft, by=ana.user, now=CLOSES - timedelta(seconds=1)).number == 1


def test_the_ineligible_are_refused_with_the_reasons(opened, zoe):
    draft = draft_of(opened, zoe)
    with pytest.raises(NotEligible) as told:
        actions.submit_application(application=draft, by=zoe.user, now=DURING)
    assert told.value.reasons[0].startswith("Exclusion (autre métier)\u00a0: cotation B\u00a01. Poste de ")
    assert str(told.value).startswith("Vous ne pouvez pas candidater à cette bourse. Exclusion")
    draft.refresh_from_db()
    assert draft.status == "brouillon"


def test_what_is_missing_is_said(posting, ana):
    bring(posting, PostingStatus.PUBLISHED)
    draft = draft_of(posting, ana, " ")
    with pytest.raises(NeedsNotMet) as told:
        actions.submit_application(application=draft, by=ana.user, now=BEFORE)
    assert told.value.reasons == (
        "La bourse n’est pas ouverte aux candidatures.",
        "Écrivez votre lettre de motivation.",
    )
    for given, field in (({"letter": "x" * 20_001}, "letter"), ({"gender": "autre"}, "gender")):
        with pytest.raises(InvalidApplication) as refused:
            actions.save_application(**{"posting": posting, "agent": ana, "by": ana.user} | given)
        assert refused.value.field == field
    with pytest.raises(NotEditable, match="ne reçoit pas"):
        draft_of(prepare(code="autre"), ana)


def test_each_applies_for_themselves(opened, ana, luc, hr):
    with pytest.raises(NotAllowed, match="relié à aucun agent"):
        actions.save_application(posting=opened, agent=ana, by=hr)
    with pytest.raises(NotAllowed, match="que pour soi"):
        actions.save_application(posting=opened, agent=ana, by=luc.user)
    draft = draft_of(opened, ana)
    for action in (
        lambda: actions.submit_application(application=draft, by=luc.user, now=DURING),
        lambda: actions.withdraw(application=draft, by=luc.user),
        lambda: actions.discard_draft(application=draft, by=luc.user),
        lambda: actions.add_file(application=draft, name="a.png", content=PNG, by=luc.user),
        lambda: actions.set_wishes(agent=ana, applications=[draft], by=luc.user),
    ):
        with pytest.raises((NotAllowed, ImpossibleTransition)):
            action()
    assert actions.save_application(posting=opened, agent=ana, by=None).pk == draft.pk


def test_one_who_withdrew_may_apply_again_while_it_is_open(opened, ana):
    first = apply(opened, ana)
    actions.withdraw(application=first, by=ana.user)
    first.refresh_from_db()
    assert (first.status, first.withdrawn_by) == (ApplicationStatus.WITHDRAWN, ana.user)
    second = apply(opened, ana)
    assert (second.number, Application.objects.live().count()) == (2, 1)
    assert str(Application()) == "Candidature"


def test_wishes_order_all_that_stands(opened, ana):
    one = apply(opened, ana)
    other = draft_of(bring(prepare(code="autre"), PostingStatus.OPEN), ana)
    assert (one.wish_rank, other.wish_rank) == (1, 2)
    actions.set_wishes(agent=ana, applications=[other, one], by=ana.user)
    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.wish_rank, other.wish_rank) == (2, 1)
    for wrong in ([one], [one, one], []):
        with pytest.raises(InvalidApplication, match="chacune"):
            actions.set_wishes(agent=ana, applications=wrong, by=ana.user)


def test_a_draft_goes_with_its_files(opened, ana, django_capture_on_commit_callbacks):
    draft = draft_of(opened, ana)
    file = actions.add_file(application=draft, name="C:\\moi\\photo.PNG", content=PNG, by=ana.user)
    assert (file.name, file.media_type, file.size) == ("photo.PNG", "image/png", len(PNG))
    assert storage.read(file.path) == PNG
    assert (storage.root() / file.path).stat().st_mode & 0o007 == 0
    with django_capture_on_commit_callbacks(execute=True):
        actions.discard_draft(application=draft, by=ana.user)
    assert not Application.objects.exists()
    with pytest.raises(FileNotFoundError):
        storage.read(file.path)
    submitted = apply(opened, ana)
    with pytest.raises(NotAllowed, match="ne se modifie plus"):
        actions.discard_draft(application=submitted, by=ana.user)
    with pytest.raises(NotEditable):
        actions.discard_draft(application=submitted, by=None)
    with pytest.raises(NotEditable):
        actions.add_file(application=submitted, name="a.png", content=PNG, by=None)


def test_a_file_is_removed_and_one_not_recorded_leaves_nothing(
    opened, ana, monkeypatch, django_capture_on_commit_callbacks
):
    draft = draft_of(opened, ana)
    file = actions.add_file(application=draft, name="a.png", content=PNG, by=ana.user)
    with django_capture_on_commit_callbacks(execute=True):
        actions.remove_file(file=ApplicationFile.objects.get(pk=file.pk), by=ana.user)
    assert not draft.files.exists()
    before = set(storage.names())

    def fault(**given):
        raise OSError("disque plein")

    monkeypatch.setattr(files, "record_event", fault)
    with pytest.raises(OSError, match="disque plein"):
        actions.add_file(application=draft, name="a.png", content=PNG, by=ana.user)
    assert set(storage.names()) == before
    assert os.sep not in file.path


def add_script(writer):
    action = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert(1)")}
    writer.root_object[NameObject("/OpenAction")] = writer._add_object(DictionaryObject(action))


def pdf(prepare_writer=lambda writer: None):
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    prepare_writer(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("vide.pdf", b"", "vide"),
        ("page.html", b"<html><script>alert(1)</script></html>", "PDF, un PNG ou un JPEG"),
        ("page.pdf", b"<html><script>alert(1)</script></html>", "PDF, un PNG ou un JPEG"),
        ("photo.pdf", PNG, "PDF, un PNG ou un JPEG"),
        ("suite.png", b"\x01\x02\x03", "PDF, un PNG ou un JPEG"),
        ("image.svg", b'<svg xmlns="http://www.w3.org/2000/svg"/>', "PDF, un PNG ou un JPEG"),
        ("script.pdf", pdf(add_script), "contient un programme"),
        ("joint.pdf", pdf(lambda writer: writer.add_attachment("a.exe", b"MZ")), "contient un programme"),
        ("chiffre.pdf", pdf(lambda writer: writer.encrypt("secret")), "contient un programme"),
        ("casse.pdf", b"%PDF-1.7\nrien", "contient un programme"),
    ],
)
def test_files_are_told_by_their_content(name, content, told):
    with pytest.raises(FileRefused, match=told):
        pieces.checked_type(name, content)


def test_plain_files_are_accepted_up_to_their_number_and_size(opened, ana, monkeypatch):
    assert pieces.checked_type("cv.PDF", pdf()) == "application/pdf"
    assert pieces.checked_type("photo.jpeg", b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01") == "image/jpeg"
    draft = draft_of(opened, ana)
    for number in range(pieces.MOST):
        actions.add_file(application=draft, name=f"{number}.png", content=PNG, by=ana.user)
    with pytest.raises(FileRefused, match="5 pièces au plus"):
        actions.add_file(application=draft, name="trop.png", content=PNG, by=ana.user)
    monkeypatch.setattr(pieces, "LARGEST", 10)
    with pytest.raises(FileRefused, match="dépasse"):
        pieces.checked_type("a.png", PNG)


def test_a_closed_account_does_nothing(opened, ana):
    draft = draft_of(opened, ana)
    ana.user.is_active = False
    ana.user.save()
    with pytest.raises(NotAllowed):
        actions.submit_application(application=draft, by=ana.user, now=OPENS)
    other = person("Eva Autre")
    update_agent(agent=other, first_name="Eva", last_name="Autre", user=None, by=None)
    assert actions.save_application(posting=opened, agent=other, by=None).agent == other
