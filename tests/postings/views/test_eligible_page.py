"""Who may apply once the list is frozen: why, told when, added later for a reason."""

from postings import actions
from postings.models import Notice, PostingStatus
from tests.postings.bringing import bring

from .reading import soup, told, url


def test_the_list_says_why_and_when_each_was_told(as_hr, opened, ana, luc, django_capture_on_commit_callbacks):
    page = soup(as_hr.get(url("eligible")))
    assert [told(row.th) for row in page.select("tbody tr")] == ["Ana Blin", "Luc Roy"]
    assert "Dans l’application" in told(page)
    assert page.select_one("#progress progress")
    assert [told(row.th) for row in soup(as_hr.get(url("eligible"), {"q": "roy"})).select("tbody tr")] == ["Luc Roy"]
    assert "Personne de ce nom" in told(soup(as_hr.get(url("eligible"), {"q": "zzz"})))
    with django_capture_on_commit_callbacks(execute=True):
        as_hr.post(url("tell_again"))
    actions.send_letters(posting=opened, kind=Notice.Kind.OPENED)
    page = soup(as_hr.get(url("telling")))
    assert "2 courriels partis" in told(page)
    assert not page.select("[hx-get]")
    assert "Envoyer de nouveau" not in told(soup(as_hr.get(url("eligible"))))


def test_once_one_applies_no_more_nobody_is_left_to_tell(as_hr, opened, ana):
    """As in a bourse brought in from a file, which writes to nobody."""
    bring(opened, PostingStatus.CLOSED)
    page = soup(as_hr.get(url("eligible")))
    assert "Aucun courriel n’est enregistré. 2 informés dans l’application." in told(page)
    assert not page.select("progress, form[action$=informer\\/]")
    assert "il n’y a personne à prévenir" in told(soup(as_hr.post(url("tell_again"), follow=True)))
    actions.send_letters(posting=opened, kind=Notice.Kind.OPENED)
    Notice.objects.filter(agent=ana, channel=Notice.Channel.MAIL).delete()
    assert "1 courriel parti, 1 agent sans courriel." in told(soup(as_hr.get(url("eligible"))))


def test_somebody_is_added_later_for_a_reason(as_hr, opened, zoe):
    page = soup(as_hr.get(url("add_eligible"), {"q": "petit"}))
    link = page.select_one(".bourse-choices a")["href"]
    soup(as_hr.post(link, {"reason": ""}), 422)
    assert as_hr.post(link, {"reason": "Erreur de cotation"}).status_code == 302
    assert "Ajout nominatif : Erreur de cotation" in told(soup(as_hr.get(url("eligible"))))
    assert "hors de la liste" in told(soup(as_hr.get(url("add_eligible"), {"q": "petit"})))
    assert "déjà dans la liste" in told(soup(as_hr.post(link, {"reason": "Encore"}), 422))
    assert as_hr.get(url("add_one", "personne")).status_code == 404
    bring(opened, PostingStatus.CLOSED)
    assert as_hr.get(url("add_eligible"))["Location"] == url("eligible")
    assert as_hr.get(link)["Location"] == url("eligible")
