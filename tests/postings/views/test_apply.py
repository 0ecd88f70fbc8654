"""« Candidater »: the draft, its pieces, the last reading, the submission, and each refusal in words."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role
from postings import actions, pieces
from postings.models import Application, ApplicationFile, Notice
from tests.factories import UserFactory
from tests.postings.bringing import apply, close_now, open_now, prepare

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
PAGE = reverse("postings:apply", args=["en-cours"])
REVIEW = reverse("postings:review", args=["en-cours"])
LETTER = "Je souhaite ce poste."


@pytest.fixture
def bourse(ana, luc, zoe):
    """Ana and Luc may apply, Zoé may not."""
    return open_now(pieces=["CV", "Dernier entretien professionnel"])


@pytest.fixture
def hers_page(client_as, ana):
    return client_as(ana.user)


def image(name="cv.png", content=PNG):
    return SimpleUploadedFile(name, content, content_type="text/html")


def draft_of(agent, posting, letter=LETTER):
    return actions.save_application(posting=posting, agent=agent, letter=letter, by=agent.user)


def test_the_page_says_what_is_asked(bourse, hers_page, django_assert_num_queries):
    hers_page.get(PAGE)
    with django_assert_num_queries(7):
        page = hers_page.get(PAGE).content.decode()
    assert "à déposer avant le" in page
    assert "Dernier entretien professionnel" in page
    assert "Rien n’est encore enregistré." in page
    assert "Compté sans nom" in page
    assert "Rang de ce vœu" not in page


def test_a_draft_is_kept_by_the_button(bourse, hers_page, ana):
    answer = hers_page.post(PAGE, {"letter": LETTER, "gender": "femme", "do": "save"})
    assert (answer.status_code, answer.url) == (302, PAGE)
    draft = Application.objects.get()
    assert (draft.agent_id, draft.letter, draft.gender, draft.status) == (ana.uid, LETTER, "femme", "brouillon")
    page = hers_page.get(PAGE).content.decode()
    local = timezone.localtime(draft.saved_at)
    assert f"Brouillon enregistré à {local:%H}\u00a0h\u00a0{local:%M}" in page
    assert LETTER in page


def test_a_draft_is_kept_while_it_is_written(bourse, hers_page):
    answer = hers_page.post(PAGE, {"letter": "Je", "gender": "", "do": "auto"}, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert "Brouillon enregistré à" in answer.content.decode()
    assert "<h1" not in answer.content.decode()
    assert Application.objects.get().letter == "Je"


def test_what_saves_itself_adds_no_piece(bourse, hers_page):
    """The field of pieces sends them as soon as they are chosen, and the draft saves itself at that moment."""
    chosen = {"letter": LETTER, "gender": "", "pieces": [image()]}
    hers_page.post(PAGE, chosen, headers={"HX-Request": "true"})
    chosen["pieces"] = [image()]
    answer = hers_page.post(PAGE, chosen | {"do": "auto"}, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert ApplicationFile.objects.count() == 1


def test_a_draft_that_cannot_be_kept_says_why(bourse, hers_page):
    answer = hers_page.post(PAGE, {"letter": "a" * 20_001, "do": "auto"}, headers={"HX-Request": "true"})
    assert answer.status_code == 409
    assert "La lettre dépasse" in answer.content.decode()
    answer = hers_page.post(PAGE, {"letter": "a" * 20_001, "do": "save"})
    assert answer.status_code == 422
    assert "a" * 20_001 in answer.content.decode()
    assert not Application.objects.exists()
    answer = hers_page.post(PAGE, {"letter": LETTER, "gender": "autre", "do": "save"})
    assert answer.status_code == 422
    assert LETTER in answer.content.decode()


def test_pieces_are_added_and_taken_away(bourse, hers_page):
    answer = hers_page.post(PAGE, {"letter": LETTER, "pieces": [image(), image("lettre.png")], "do": "save"})
    assert answer.status_code == 302
    names = list(ApplicationFile.objects.values_list("name", flat=True))
    assert names == ["cv.png", "lettre.png"]
    gone = ApplicationFile.objects.first()
    part = hers_page.post(PAGE, {"letter": LETTER, "remove": gone.uid}, headers={"HX-Request": "true"})
    assert part.status_code == 200
    assert part.content.decode().strip().startswith("<div")
    assert "cv.png" not in part.content.decode()
    whole = hers_page.get(PAGE).content.decode()
    assert "lettre.png" in whole
    assert "cv.png" not in whole
    assert hers_page.post(PAGE, {"letter": LETTER, "remove": gone.uid}).status_code == 302


def test_another_ones_piece_is_not_taken_away(bourse, hers_page, luc):
    his = draft_of(luc, bourse)
    file = actions.add_file(application=his, name="cv.png", content=PNG, by=luc.user)
    hers_page.post(PAGE, {"letter": LETTER, "remove": file.uid})
    assert ApplicationFile.objects.filter(pk=file.pk).exists()


def test_each_piece_refused_is_named_and_the_others_are_kept(bourse, hers_page, monkeypatch):
    monkeypatch.setattr("postings.views.apply.LARGEST", 100)
    given = [
        image(),
        image("schema.svg", b"<svg onload='x()'/>"),
        image("lourd.png", PNG + b"0" * 100),
        image("vide.png", b""),
    ]
    answer = hers_page.post(PAGE, {"letter": LETTER, "pieces": given, "do": "save"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "«\u00a0schema.svg\u00a0»\u00a0: Le fichier doit être un PDF" in page
    assert "«\u00a0lourd.png\u00a0»\u00a0: Le fichier dépasse" in page
    assert "«\u00a0vide.png\u00a0»\u00a0: Le fichier est vide" in page
    assert list(ApplicationFile.objects.values_list("name", flat=True)) == ["cv.png"]
    assert Application.objects.get().letter == LETTER


def test_one_piece_too_many_is_refused(bourse, hers_page):
    given = [image(f"{number}.png") for number in range(pieces.MOST + 1)]
    answer = hers_page.post(PAGE, {"letter": LETTER, "pieces": given}, headers={"HX-Request": "true"})
    assert answer.status_code == 422
    assert f"«\u00a0{pieces.MOST}.png\u00a0»\u00a0: Une candidature a" in answer.content.decode()
    assert ApplicationFile.objects.count() == pieces.MOST


def test_the_rank_is_asked_from_two_applications_on(bourse, hers_page, ana):
    other = open_now(code="autre")
    first = draft_of(ana, other)
    assert "2e vœu sur 2" in hers_page.get(PAGE).content.decode()
    hers_page.post(PAGE, {"letter": LETTER, "wish": "1", "do": "save"})
    ranks = dict(Application.objects.values_list("posting__code", "wish_rank"))
    assert ranks == {"en-cours": 1, "autre": 2}
    hers_page.post(PAGE, {"letter": LETTER, "wish": "1", "do": "save"})
    assert dict(Application.objects.values_list("posting__code", "wish_rank")) == ranks
    assert hers_page.post(PAGE, {"letter": LETTER, "wish": "3", "do": "save"}).status_code == 422
    first.refresh_from_db()
    assert first.wish_rank == 2


def test_it_is_read_once_more_then_submitted(
    bourse, hers_page, ana, django_assert_num_queries, django_capture_on_commit_callbacks
):
    assert hers_page.get(REVIEW).url == PAGE
    empty = hers_page.post(PAGE, {"letter": " ", "do": "review"})
    assert empty.status_code == 422
    assert "Écrivez votre lettre de motivation." in empty.content.decode()
    assert hers_page.post(PAGE, {"letter": LETTER, "pieces": [image()], "do": "review"}).url == REVIEW
    with django_assert_num_queries(6):
        page = hers_page.get(REVIEW).content.decode()
    assert "cv.png" in page
    assert LETTER in page
    assert "Votre encadrement n’en est pas informé." in page
    with django_capture_on_commit_callbacks(execute=True):
        answer = hers_page.post(REVIEW, follow=True)
    mine = Application.objects.get()
    assert answer.redirect_chain[-1][0] == reverse("postings:my_application", args=[mine.uid])
    assert "Votre candidature est déposée sous le numéro 1" in answer.content.decode()
    assert mine.status == "deposee"
    (letter,) = [each for each in mail.outbox if each.to == [ana.user.email]]
    assert f"http://localhost:8000{reverse('postings:my_place', args=['en-cours'])}" in letter.body
    assert hers_page.get(PAGE).url == answer.redirect_chain[-1][0]
    assert hers_page.post(REVIEW).url == answer.redirect_chain[-1][0]


def test_a_bourse_says_who_will_know(ana, hers_page):
    posting = open_now(line_manager_informed=True, anonymous_until_decision=True)
    draft_of(ana, posting)
    page = hers_page.get(REVIEW).content.decode()
    assert "Votre encadrement est informé que vous candidatez" in page
    assert "Le jury voit un numéro au lieu de votre nom" in page


def test_a_late_submission_is_refused_with_the_exact_time(bourse, hers_page, ana):
    draft = draft_of(ana, bourse)
    close_now(bourse)
    answer = hers_page.post(REVIEW)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Votre candidature est arrivée le" in page
    assert "\u00a0s, heure de Paris\u00a0: elle n’est pas déposée. Votre texte est gardé en brouillon." in page
    assert "Déposer ma candidature" not in page
    draft.refresh_from_db()
    assert (draft.status, draft.letter) == ("brouillon", LETTER)
    assert timezone.now() - draft.late_at < timedelta(minutes=1)


def test_what_is_written_after_closing_is_kept_as_a_draft(bourse, hers_page):
    close_now(bourse)
    answer = hers_page.post(PAGE, {"letter": LETTER, "do": "review"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Votre texte est gardé en brouillon." in page
    assert LETTER in page
    assert Application.objects.get().late_at is not None
    again = hers_page.get(PAGE).content.decode()
    assert "La bourse est close" in again
    assert LETTER in again
    assert "Arrivée le" in hers_page.get(reverse("postings:my_place", args=["en-cours"]), follow=True).content.decode()


def test_after_closing_an_empty_letter_is_no_late_application(bourse, hers_page):
    close_now(bourse)
    page = hers_page.get(PAGE).content.decode()
    assert "Elle ne reçoit plus de candidature." in page
    assert "<textarea" not in page


def test_who_may_not_apply_reads_why_and_writes_nothing(bourse, client_as, zoe):
    client = client_as(zoe.user)
    page = client.get(PAGE)
    assert page.status_code == 200
    assert "Vous ne pouvez pas candidater" in page.content.decode()
    assert "Exclusion (autre métier)" in page.content.decode()
    assert "<textarea" not in page.content.decode()
    answer = client.post(PAGE, {"letter": LETTER, "do": "save"})
    assert answer.status_code == 422
    assert LETTER in answer.content.decode()
    assert not Application.objects.exists()


def test_who_began_and_may_not_submit_reads_why(bourse, client_as, zoe):
    draft_of(zoe, bourse)
    client = client_as(zoe.user)
    answer = client.post(REVIEW)
    assert answer.status_code == 422
    assert "Exclusion (autre métier)" in answer.content.decode()
    assert "Voir mon brouillon" in client.get(PAGE).content.decode()


def test_a_published_bourse_is_prepared_for(hers_page, ana):
    soon = timezone.now() + timedelta(days=2)
    posting = prepare(code="en-cours", opens_at=soon, closes_at=soon + timedelta(days=9))
    actions.publish(posting=posting, by=None)
    assert "Vous déposerez votre candidature quand la bourse sera ouverte." in hers_page.get(PAGE).content.decode()
    assert hers_page.post(PAGE, {"letter": LETTER, "do": "review"}).url == REVIEW
    page = hers_page.get(REVIEW).content.decode()
    assert "Déposer ma candidature" not in page
    answer = hers_page.post(REVIEW)
    assert answer.status_code == 422
    assert "La bourse n’est pas ouverte aux candidatures." in answer.content.decode()


def test_a_bourse_in_preparation_or_unknown_does_not_exist(posting, client_as, hr, ana, hers_page):
    for client in (client_as(hr), hers_page):
        for name in ("apply", "review", "my_place"):
            assert client.get(reverse(f"postings:{name}", args=["rien"])).status_code == 404
    assert hers_page.get(reverse("postings:apply", args=[posting.code])).status_code == 404
    assert client_as(hr).get(reverse("postings:apply", args=[posting.code])).status_code == 404


def test_an_account_that_is_no_agents_is_told_so(bourse, client_as):
    stranger = client_as(UserFactory.create(roles=[Role.AGENT]))
    for address in (PAGE, REVIEW, reverse("postings:my_place", args=["en-cours"]), reverse("postings:applications")):
        answer = stranger.get(address)
        assert answer.status_code == 403
        assert "Votre compte n’est relié à aucun agent" in answer.content.decode()


def test_after_a_withdrawal_one_applies_anew_and_is_told_anew(
    bourse, hers_page, ana, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        first = apply(bourse, ana, now=timezone.now())
    told = Notice.objects.get(agent=ana, kind="depot", channel="application")
    actions.read_notice(notice=told, by=ana.user)
    actions.withdraw(application=first, by=ana.user)
    assert "Rien n’est encore enregistré." in hers_page.get(PAGE).content.decode()
    assert hers_page.get(REVIEW).url == PAGE
    hers_page.post(PAGE, {"letter": LETTER, "do": "review"})
    with django_capture_on_commit_callbacks(execute=True):
        hers_page.post(REVIEW)
    told.refresh_from_db()
    assert told.read_at is None
    assert len([each for each in mail.outbox if "Candidature déposée" in each.subject]) == 2
