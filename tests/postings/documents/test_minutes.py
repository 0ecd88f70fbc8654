"""Le procès-verbal: what it says, who is named in it, and that it is printed once and goes with the applications."""

import datetime
import hashlib
import io

import pytest
from docx import Document

from missions.queries import content_of, document_of
from orgchart.dossier import Bullets, Paragraph, Table
from postings import actions, storage
from postings.actions.minutes import WITHOUT_NAMES
from postings.documents.minutes import minutes
from postings.documents.naming import forms
from postings.models import NamedMinutes, Posting, PostingStatus
from postings.queries.record import PostingRecord
from reorganisations.documents.papers import paper_docx, paper_html
from tests.pdf_proof import pdf_faults

from ..bringing import CLOSES, DURING, EFFECTIVE, apply, bring, decide, examine, person, prepare, sit

DAY = datetime.timedelta(days=1)
SEEDED = (
    "Mme Ana BLIN",
    "Ana",
    "Blin",
    "Luc Roy",
    "ROY",
    "Zoé",
    "Zoe Petit",
    "Paule Présidente",
    "Jean",
    "Juré",
    "Jure",
)


@pytest.fixture
def told(to_fill, ana, luc, zoe):
    """Decided; each text that somebody writes names somebody. Zoé was added, Luc is a cousin of Jean, one came late."""
    posting = bring(prepare(anonymous_until_decision=True), PostingStatus.OPEN)
    president = sit(posting, president=True, name="Paule Présidente")
    juror = sit(posting, name="Jean Juré")
    actions.add_eligible(posting=posting, agent=zoe, reason="Demandé par Paule Présidente pour Zoé.", by=None)
    hers, his = apply(posting, ana), apply(posting, luc)
    draft = actions.save_application(posting=posting, agent=zoe, letter="Trop tard.", by=zoe.user)
    with pytest.raises(actions.applying.TooLate):
        actions.submit_application(application=draft, by=zoe.user, now=CLOSES)
    member = posting.jury.get(user=juror)
    actions.declare_interests(
        member=member, by=juror, declaration="Cousin de M. Luc ROY.", ties=[(his, "Cousin de Luc.")]
    )
    bring(posting, PostingStatus.EXAMINATION)
    hers.refresh_from_db()
    examine(hers, position=1, opinion="Mme Ana BLIN devance Roy, dit Jean Juré.")
    his.refresh_from_db()
    actions.admit(application=his, by=None, reason="Dossier de Roy complet, vu par Jure.")
    scores = {each.uid: (2, "") for each in posting.criteria.all()}
    actions.assess(application=his, by=president, scores=scores)
    actions.submit_assessment(application=his, by=president)
    actions.rank(application=his, by=None, position=2, opinion="Luc Roy est second.")
    actions.propose(posting=posting, by=None, applications=[hers], reason="Ana Blin, au vu de tout.", tie_break="")
    reasons = {hers.uid: "Blin est retenue.", his.uid: "ROY n’a pas encadré, Zoe Petit non plus."}
    decide(posting, hers, reasons=reasons, reason="Sur proposition de Paule Présidente.")
    return Posting.objects.get()


def said(paper):
    """Every word of the paper."""
    found = [*paper.heading._asdict().values(), *(word for each in paper.signatures for word in each)]
    for part in paper.parts:
        found.append(part.title)
        for block in part.blocks:
            match block:
                case Paragraph():
                    found.append(block.text)
                case Bullets():
                    found += [block.heading, *block.items]
                case Table():
                    found += [block.caption, *(column.label for column in block.columns)]
                    found += [cell for group in block.groups for row in group.rows for cell in row]
    return "\n".join(str(each) for each in found)


def written(posting, *, nominative):
    return minutes(PostingRecord(posting), employer="Région fictive", nominative=nominative)


def test_the_minutes_tell_the_whole_bourse(told):
    text = said(written(told, nominative=True))
    for words in (
        "Poste\u00a0: responsable",
        "Cotation\u00a0: A 2.2",
        "Réservée à un groupe.",
        "empreinte SHA-256",
        "prévue le 1er\u00a0mars\u00a02022 à 8\u00a0h\u00a000",
        "déclaration au centre de gestion",
        "3\u00a0agents éligibles",
        "Ajout nominatif\u00a0: Demandé par Paule Présidente",
        "2\u00a0candidatures",
        "0\u00a0retirée par son auteur",
        "1\u00a0arrivée après la clôture et refusée",
        "Ana Blin (n°\u00a01)",
        "Cousin de M. Luc ROY.",
        "Luc Roy (n°\u00a02), Cousin de Luc.",
        "Expérience\n2",
        "Mme Ana BLIN devance",
        "Bourse pourvue",
        "ROY n’a pas encadré",
        "tribunal administratif",
    ):
        assert words in text, words
    (eligible,) = [part for part in written(told, nominative=True).parts if part.key == "eligibles"]
    (_, table) = eligible.blocks
    assert all("Dans l’application le " in row[2] for row in table.groups[0].rows)


def test_nobody_is_named_in_the_version_without_names(told):
    paper = written(told, nominative=False)
    html, office = paper_html(paper), paper_docx(paper)
    document = Document(io.BytesIO(office))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    whole = "\n".join([said(paper), html, *(each.text for each in document.paragraphs), *cells])
    nominative = said(written(told, nominative=True))
    for name in SEEDED:
        assert name in nominative or name in ("Zoé",), name
        assert name not in whole, name
    assert "Candidat n°\u00a01 devance Candidat n°\u00a02, dit Membre n°\u00a02 du jury." in whole
    assert "Cousin de Candidat n°\u00a02." in whole
    assert "un agent éligible non plus" in whole


def test_the_eligible_are_counted_by_reason_without_names(told):
    (part,) = [part for part in written(told, nominative=False).parts if part.key == "eligibles"]
    rows = part.blocks[1].groups[0].rows
    assert sum(int(row[0]) for row in rows) == 3
    assert all("dans l’application le" in row[2] for row in rows)


def test_names_are_known_in_each_way_of_writing_them():
    assert set(forms(("Zoé", "Petit"))) >= {"Zoé Petit", "Petit Zoé", "ZOE PETIT", "Zoe", "PETIT", "ZOÉ"}
    assert list(forms(("", "X"))) == []


def test_ordinary_words_are_left_when_nobody_is_there(to_fill, hr):
    posting = bring(prepare(by=hr), PostingStatus.OPEN)
    paper = written(posting, nominative=False)
    assert paper.heading.title == "Responsable du suivi"
    assert paper.heading.mark == "Projet de procès-verbal"
    text = said(paper)
    for words in (
        "0\u00a0agent éligible",
        "Aucune candidature n’a été déposée.",
        "Le jury n’est pas désigné.",
        "La décision n’est pas prise.",
        "Elles sont indiquées avec la décision.",
    ):
        assert words in text, words


def test_before_it_opens_and_once_cancelled(to_fill, hr):
    posting = bring(prepare(by=hr, criteria=[("Expérience", 1)]), PostingStatus.PUBLISHED)
    assert "La liste est arrêtée à l’ouverture" in said(written(posting, nominative=True))
    actions.cancel_posting(posting=posting, reason="Poste repris.", by=hr)
    assert "Bourse annulée le" in said(written(posting, nominative=True))


def test_unfilled_for_want_of_a_candidate(opened, hr):
    bring(opened, PostingStatus.CLOSED)
    actions.record_outcome(posting=opened, by=hr, reasons={}, reason="Personne n’a candidaté.")
    text = said(written(opened, nominative=False))
    assert "infructueuse" in text
    assert "Personne n’a candidaté." in text


def test_it_is_printed_once_when_decided(told):
    actions.seal_minutes(posting=told)
    kept, document = NamedMinutes.objects.get(), document_of(told, WITHOUT_NAMES)
    named = storage.read(kept.path)
    assert hashlib.sha256(named).hexdigest() == kept.sha256
    assert pdf_faults(named) == pdf_faults(content_of(document)) == []
    actions.record_declarations(posting=told, by=None, dve_number="DVE 1")
    actions.seal_minutes(posting=told)
    assert NamedMinutes.objects.get() == kept
    assert document_of(told, WITHOUT_NAMES) == document
    storage.remove(kept.path)


def test_the_decision_prints_it(to_fill, ana, django_capture_on_commit_callbacks):
    posting = bring(prepare(), PostingStatus.OPEN)
    sit(posting, president=True)
    hers = apply(posting, ana)
    bring(posting, PostingStatus.EXAMINATION)
    hers.refresh_from_db()
    examine(hers)
    with django_capture_on_commit_callbacks(execute=True):
        decide(posting, hers)
    assert NamedMinutes.objects.filter(posting=posting, size__gt=1000).exists()


def test_nothing_is_printed_before_the_decision(opened):
    actions.seal_minutes(posting=opened)
    assert not NamedMinutes.objects.exists()


def test_somebody_who_was_faster_is_not_printed_over(told, monkeypatch):
    from postings.actions import minutes as action

    printed = action.render_pdf

    def slow(html):
        monkeypatch.setattr(action, "render_pdf", printed)
        actions.seal_minutes(posting=told)
        return printed(html)

    monkeypatch.setattr(action, "render_pdf", slow)
    actions.seal_minutes(posting=told)
    assert NamedMinutes.objects.count() == 1


def test_a_file_whose_row_is_refused_is_removed(told, monkeypatch):
    names = set(storage.names())
    monkeypatch.setattr(NamedMinutes.objects, "create", lambda **fields: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        actions.seal_minutes(posting=told)
    assert set(storage.names()) == names


def test_the_names_go_with_the_applications_and_the_other_version_stays(told, django_capture_on_commit_callbacks):
    actions.seal_minutes(posting=told)
    path = storage.root() / NamedMinutes.objects.get().path
    with django_capture_on_commit_callbacks(execute=True):
        actions.purge_applications(today=told.purge_on)
    assert not path.exists()
    kept = NamedMinutes.objects.get()
    assert kept.path == ""
    assert kept.sha256
    document = document_of(told, WITHOUT_NAMES)
    assert content_of(document)[:5] == b"%PDF-"
    told.refresh_from_db()
    actions.seal_minutes(posting=told)
    assert document_of(told, WITHOUT_NAMES) == document


@pytest.mark.parametrize("people", [1, 4])
def test_the_record_is_read_in_a_constant_number_of_queries(to_fill, people, django_assert_num_queries):
    agents = [person(f"Agent {rank}", "port-1" if rank == 0 else None) for rank in range(people)]
    posting = bring(prepare(), PostingStatus.OPEN)
    for agent in agents[1:]:
        actions.add_eligible(posting=posting, agent=agent, reason="Métier voisin.", by=None)
    for agent in agents:
        apply(posting, agent, now=DURING)
    posting = Posting.objects.select_related("reorganisation", "proposal", "outcome").get()
    with django_assert_num_queries(9):
        said(written(posting, nominative=True))


def test_the_date_of_effect_is_told(told):
    assert datetime.date(2022, 5, 2) == EFFECTIVE
    assert "affectation à compter du 2\u00a0mai\u00a02022" in said(written(told, nominative=False))
