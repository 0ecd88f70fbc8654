"""The group composed by rows, shown with its reasons before it is saved."""

from postings import actions
from postings.eligibility import AllOf, AnyOf, Eligibility, HasGrade, HasTitle, InUnit, read_eligibility
from tests.postings.bringing import RULE, person

from .reading import sent, soup, told, url


def test_the_group_is_shown_with_its_reasons_and_nothing_is_written_before_it_is_saved(as_hr, posting, ana, luc, zoe):
    page = soup(as_hr.get(url("rule")))
    assert told(page.select_one("#preview-title")) == "2 agents éligibles"
    assert "Ana Blin" in told(page.select_one("#apercu"))
    data = sent(page, "#regle")
    data |= {"g0-kind": ["cotation"], "do": ["add:g0"]}
    page = soup(as_hr.post(url("rule"), data))
    assert told(page.select_one("#apercu h2")) == "Groupe"
    number = len(page.select("fieldset.bourse-condition"))
    assert number == 4
    data = sent(page, "#regle")
    row = next(
        name.removesuffix("-kind")
        for name, value in data.items()
        if value == ["cotation"] and name[0] == "l" and data[name.removesuffix("-kind") + "-place"] == ["g0"]
    )
    data |= {f"{row}-values": ["B 1"], "do": ["preview"]}
    page = soup(as_hr.post(url("rule"), data))
    assert "Personne ne pourrait candidater" in told(page.select_one("#apercu"))
    posting.refresh_from_db()
    assert read_eligibility(posting.rule) == RULE
    data = sent(page, "#regle") | {"do": ["save"]}
    assert as_hr.post(url("rule"), data)["Location"] == url("eligible")
    posting.refresh_from_db()
    rule = read_eligibility(posting.rule)
    assert HasGrade(grades=("B 1",)) in rule.who.of
    assert rule.excluded == RULE.excluded


def test_a_row_without_a_fact_is_told_and_nothing_typed_is_lost(as_hr, posting, ana):
    data = sent(soup(as_hr.get(url("rule"))), "#regle") | {"do": ["add:ajout"]}
    data = sent(soup(as_hr.post(url("rule"), data)), "#regle")
    row = next(name.removesuffix("-place") for name, value in data.items() if value == ["ajout"])
    data |= {f"{row}-values": [ana.uid], "do": ["save"], "on": ["15/02/2022"]}
    page = soup(as_hr.post(url("rule"), data), 422)
    assert "pourquoi cet agent est ajouté" in told(page.select_one(".form-summary"))
    assert page.select_one(f'[name={row}-values][value="{ana.uid}"]').has_attr("checked")
    data |= {f"{row}-reason": ["Retour de détachement"]}
    assert as_hr.post(url("rule"), data).status_code == 302
    posting.refresh_from_db()
    assert [(each.agent, each.reason) for each in read_eligibility(posting.rule).added] == [
        (ana.uid, "Retour de détachement")
    ]


def test_groups_rows_and_kept_conditions_come_and_go(as_hr, posting, ana):
    deep = AnyOf(
        of=(AllOf(of=(HasTitle(titles=("responsable",)), HasGrade(grades=("A 3",)))), InUnit(unit="service-1"))
    )
    actions.edit_posting(
        posting=posting, rule=Eligibility(on=RULE.on, who=AllOf(of=(deep, HasGrade(grades=("A 3",))))), by=None
    )
    page = soup(as_hr.get(url("rule")))
    assert "Condition composée" in told(page)
    assert as_hr.post(url("rule"), sent(page, "#regle") | {"do": ["save"]}).status_code == 302
    data = sent(page, "#regle") | {"do": ["group"]}
    page = soup(as_hr.post(url("rule"), data))
    assert len(page.select(".bourse-group")) == 3
    before = len(page.select("fieldset.bourse-condition"))
    page = soup(as_hr.post(url("rule"), sent(page, "#regle") | {"do": ["remove:0"]}))
    assert len(page.select("fieldset.bourse-condition")) == before - 1


def test_nonsense_is_left_out_and_a_missing_date_is_told(as_hr, posting):
    data = {"rows": "3", "groups": "x", "l0-kind": "autre", "l1-kind": "site", "l1-place": "ailleurs", "do": "save"}
    page = soup(as_hr.post(url("rule"), data), 422)
    assert "à quelle date" in told(page.select_one(".form-summary"))
    assert not page.select("fieldset.bourse-condition")


def test_an_agent_named_is_searched_for_where_the_list_is_long(as_hr, posting, db):
    for number in range(26):
        person(f"Agent Numéro{number}")
    data = sent(soup(as_hr.get(url("rule"))), "#regle") | {"do": ["add:ajout"]}
    page = soup(as_hr.post(url("rule"), data))
    data = sent(page, "#regle")
    row = next(name.removesuffix("-place") for name, value in data.items() if value == ["ajout"])
    assert "Cherchez pour choisir" in told(page)
    page = soup(as_hr.post(url("rule"), data | {f"{row}-search": ["numero7"], "do": ["search"]}))
    assert [told(label) for label in page.select(f"label:has([name={row}-values])")] == ["Agent Numéro7"]
