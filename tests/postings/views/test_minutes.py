"""The page of the minutes, and its files: who reads which version, before and after the decision, after the purge."""

import pytest

from accounts.actions import grant_role
from accounts.models import Role
from postings import actions
from postings.models import NamedMinutes, Posting, PostingStatus

from ..bringing import apply, bring, decide, examine, prepare, sit


@pytest.fixture
def done(to_fill, ana):
    posting = bring(prepare(), PostingStatus.OPEN)
    president = sit(posting, president=True, name="Paule Présidente")
    hers = apply(posting, ana)
    bring(posting, PostingStatus.EXAMINATION)
    hers.refresh_from_db()
    examine(hers)
    decide(posting, hers)
    return posting, president


def page(client, tail=""):
    return client.get(f"/bourses/bourse/proces-verbal{tail}")


def test_hr_reads_both_versions(done, hr, client_as, django_assert_num_queries):
    client = client_as(hr)
    page(client, "/")
    with django_assert_num_queries(15):
        answer = page(client, "/")
    text = answer.content.decode()
    assert "Ana Blin" in text
    assert "Paule Présidente" in text
    assert "Établi une fois" not in text
    text = page(client, "/sans-noms/").content.decode()
    assert "Candidat n°\u00a01" in text
    assert "Ana Blin" not in text
    assert "Paule" not in text


def test_the_files_are_those_that_were_kept(done, hr, client_as):
    client = client_as(hr)
    first = page(client, ".pdf")
    assert first["Content-Type"] == "application/pdf"
    kept = NamedMinutes.objects.get()
    assert len(first.content) == kept.size
    assert page(client, ".pdf").content == first.content
    unnamed = page(client, "-sans-noms.pdf")
    assert unnamed.content[:5] == b"%PDF-"
    assert unnamed["X-Content-SHA256"]
    assert kept.sha256 in page(client, "/").content.decode()
    assert unnamed["X-Content-SHA256"] in page(client, "/sans-noms/").content.decode()
    for tail in (".docx", "-sans-noms.docx"):
        assert page(client, tail).content[:2] == b"PK"


def test_a_draft_is_for_hr_alone(opened, hr, juror, committee_member, agent, client_as):
    assert "Projet de procès-verbal" in page(client_as(hr), "/").content.decode()
    assert page(client_as(hr), ".pdf").content[:5] == b"%PDF-"
    assert not NamedMinutes.objects.exists()
    for user in (juror, committee_member, agent):
        for tail in ("/", "/sans-noms/", ".pdf", "-sans-noms.pdf"):
            assert page(client_as(user), tail).status_code == 403


def test_a_bourse_in_preparation_has_none(posting, hr, client_as):
    assert page(client_as(hr), "/").status_code == 404


def test_the_committee_reads_the_version_without_names(done, committee_member, client_as):
    client = client_as(committee_member)
    assert page(client, "/").url == "/bourses/bourse/proces-verbal/sans-noms/"
    text = page(client, "/sans-noms/").content.decode()
    assert "Candidat n°\u00a01" in text
    assert "Ana Blin" not in text
    assert page(client, "-sans-noms.pdf").status_code == 200
    assert page(client, ".pdf").status_code == 403
    assert page(client, ".docx").status_code == 403
    assert "/bourses/bourse/proces-verbal/sans-noms/" in client.get("/bourses/bourse/").content.decode()


def test_the_jury_reads_the_names_once_decided(done, client_as):
    _, president = done
    assert "Ana Blin" in page(client_as(president), "/").content.decode()


def test_the_candidates_do_not(done, ana, client_as):
    for tail in ("/", "/sans-noms/", ".pdf"):
        assert page(client_as(ana.user), tail).status_code == 403


def test_after_the_purge_numbers_and_the_version_without_names_stay(done, hr, client_as):
    posting, _ = done
    actions.purge_applications(today=posting.purge_on)
    client = client_as(hr)
    text = page(client, "/").content.decode()
    assert "Candidatures effacées le" in text
    assert "Ana Blin" not in text
    assert page(client, ".pdf").status_code == 404
    assert page(client, ".docx").status_code == 404
    assert page(client, "-sans-noms.pdf").status_code == 200


def test_a_member_of_the_committee_who_applied_reads_nothing(done, committee_member, ana, client_as):
    grant_role(user=ana.user, role=Role.COMMITTEE, by=None)
    assert page(client_as(ana.user), "/sans-noms/").status_code == 403


def test_of_a_reorganisation_only_the_committee_that_examined_it_reads(
    done, reorganisation, committee_member, client_as
):
    posting, _ = done
    Posting.objects.filter(pk=posting.pk).update(reorganisation=reorganisation)
    assert page(client_as(committee_member), "/sans-noms/").status_code == 403
