"""Role × page: what is closed says why, what is out of sight does not exist."""

import datetime

import pytest

from missions.actions import assign_agent, update_agent
from missions.models import Agent, Grade, Post
from tests.factories import UserFactory, make_agent, open_small_chart

DAY = datetime.date(2022, 1, 1)

READ = {"hr": 200, "manager": 200, "agent": 200, "committee_member": 200, "nobody": 403}
HR_ONLY = {"hr": 200, "manager": 403, "agent": 403, "committee_member": 403, "nobody": 403}
LISTS = ("types-d-unite", "cotations", "intitules", "sites")
PAGES = {
    "/postes/": READ,
    "/postes.csv": READ,
    "/postes.ods": READ,
    "/postes.xlsx?noms=1": HR_ONLY,
    "/postes/port-1/": READ,
    "/recherche/?q=port": READ,
    "/postes/port-1/corriger/": HR_ONLY,
    "/postes/port-1/affecter/": HR_ONLY,
    "/postes/port-1/vacance/": HR_ONLY,
    "/affectations/affectation-1/": HR_ONLY,
    "/affectations/affectation-1/fin/": HR_ONLY,
    "/affectations/affectation-1/annuler/": HR_ONLY,
    "/agents/": HR_ONLY,
    "/agents/nouveau/": HR_ONLY,
    "/agents/agent-1/": {"hr": 200, "manager": 404, "agent": 404, "committee_member": 404, "nobody": 404},
    "/agents/agent-1/modifier/": HR_ONLY,
    "/employeur/": HR_ONLY,
    "/perimetres/": HR_ONLY,
    "/etat-initial/": HR_ONLY,
    "/etat-initial/importer/": HR_ONLY,
    "/etat-initial/modele.csv": HR_ONLY,
    "/etat-initial/sceller/": HR_ONLY,
    "/etat-initial/effacer/": HR_ONLY,
    "/etat-initial/unites/direction/retirer/": HR_ONLY,
    **{f"/reference/{what}/{page}": HR_ONLY for what in LISTS for page in ("", "ajouter/")},
    "/reference/cotations/KEY/": HR_ONLY,
    "/reference/cotations/KEY/supprimer/": HR_ONLY,
}
UNKNOWN = [
    "/postes/absent/",
    "/postes/absent/affecter/",
    "/postes/absent/corriger/",
    "/postes/absent/vacance/",
    "/postes.pdf",
    "/postes.csv?cotation=Z",
    "/affectations/absente/",
    "/agents/absent/",
    "/agents/absent/modifier/",
    "/reference/sites/999999/",
    "/reference/sites/999999/supprimer/",
]


@pytest.fixture
def people(hr, manager, agent, committee_member):
    users = {"hr": hr, "manager": manager, "agent": agent, "committee_member": committee_member}
    return users | {"nobody": UserFactory.create(roles=[])}


@pytest.fixture
def opened(hr):
    open_small_chart(by=hr)
    person = make_agent(uid="agent-1")
    post = Post.objects.get(uid="port-1")
    assign_agent(agent=person, post=post, begins_on=DAY, by=hr, uid="affectation-1")


READ_ONLY = {"/agents/", "/perimetres/", *(f"/reference/{each}/" for each in LISTS)}
WRITTEN = [
    url
    for url, roles in PAGES.items()
    if roles is HR_ONLY
    and "." not in url
    and url not in ("/agents/", "/perimetres/", *(f"/reference/{each}/" for each in LISTS))
]


def with_key(url):
    return url.replace("KEY", str(Grade.objects.get(code="A 3").pk))


@pytest.mark.parametrize("role", READ)
def test_each_role_opens_its_own_pages(opened, people, client_as, role):
    client = client_as(people[role])
    answers = {url: client.get(with_key(url)).status_code for url in PAGES}
    assert answers == {url: roles[role] for url, roles in PAGES.items()}


def test_what_does_not_exist_is_not_found(opened, hr, client_as):
    client = client_as(hr)
    assert {url: client.get(url).status_code for url in UNKNOWN} == dict.fromkeys(UNKNOWN, 404)


def test_strangers_sign_in_first(opened, client):
    assert {client.get(with_key(url)).status_code for url in PAGES} == {302}


@pytest.mark.parametrize("role", ["manager", "agent", "committee_member", "nobody"])
def test_nobody_else_writes(opened, people, client_as, role):
    client = client_as(people[role])
    answers = {url: client.post(with_key(url), {}).status_code for url in WRITTEN}
    assert answers == dict.fromkeys(WRITTEN, 403)


def test_an_agent_opens_their_own_page(opened, agent, client_as):
    update_agent(agent=Agent.objects.get(uid="agent-1"), first_name="Camille", last_name="Lenoir", user=agent, by=None)
    page = client_as(agent).get("/agents/agent-1/")
    assert page.status_code == 200
    assert "Modifier la fiche" not in page.content.decode()
