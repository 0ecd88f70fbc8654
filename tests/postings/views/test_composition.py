"""The jury composed, its ties declared."""

from postings.models import JuryMember

from .reading import soup, told, url


def test_a_jury_is_composed_and_declares(as_hr, posting, agent):
    assert as_hr.post(url("composition"), {"account": agent.email.upper(), "president": "on"}).status_code == 302
    assert as_hr.post(url("composition"), {"name": "Maire de Bréhat", "capacity": "extérieur"}).status_code == 302
    member = JuryMember.objects.get(user=agent)
    page = soup(as_hr.get(url("composition")))
    assert "présidence" in told(page)
    assert "déclaration attendue" in told(page)
    for wrong, fault in (
        ({"account": "personne@nulle.part"}, "Aucun compte actif"),
        ({"account": agent.email, "name": "X"}, "pas les deux"),
        ({}, "Choisissez un compte"),
        ({"account": agent.email}, "siège déjà"),
    ):
        assert fault in told(soup(as_hr.post(url("composition"), wrong), 422))
    assert as_hr.post(url("declare", member.uid), {"declaration": "Ancien chef de service"}).status_code == 302
    assert "Ancien chef de service" in told(soup(as_hr.get(url("composition"))))
    assert "Retirer" in told(soup(as_hr.get(url("remove_member", member.uid))))
    assert as_hr.post(url("remove_member", member.uid)).status_code == 302
    assert as_hr.get(url("declare", member.uid)).status_code == 404


def test_a_member_keeps_away_from_a_candidate_and_the_jury_stays_once_it_examines(as_hr, examined, juror, hers):
    member = JuryMember.objects.get(user=juror)
    assert "Ajouter un membre" not in told(soup(as_hr.get(url("composition"))))
    as_hr.post(url("declare", member.uid), {"declaration": "Cousine", "ties": [hers.uid]})
    assert "s’écarte de la candidature" in told(soup(as_hr.get(url("composition"))))
    page = as_hr.post(url("remove_member", member.uid), follow=True)
    assert "le jury ne change plus" in told(soup(page))
