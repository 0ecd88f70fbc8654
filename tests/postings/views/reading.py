"""How the tests of HR’s pages read them: addresses, words, and what a form would send."""

from bs4 import BeautifulSoup
from django.urls import reverse

LIST = reverse("postings:list")
PREPARE = reverse("postings:prepare")


def url(name, *args, code="bourse"):
    return reverse(f"postings:{name}", args=[code, *args])


def soup(response, status=200):
    assert response.status_code == status
    return BeautifulSoup(response.content, "html.parser")


def told(element):
    return " ".join(element.get_text(" ").split())


def sent(page, selector=".form--bourse"):
    """What the form would send, as a browser does."""
    data = {}
    for field in page.select_one(selector).select("input[name], textarea[name], select[name]"):
        kind = field.get("type")
        if kind in ("checkbox", "radio") and not field.has_attr("checked"):
            continue
        if field.name == "select":
            chosen = [each["value"] for each in field.select("option[selected]")] or [
                field.select_one("option")["value"]
            ]
            data.setdefault(field["name"], []).extend(chosen)
        else:
            value = field.get_text().removeprefix("\n") if field.name == "textarea" else field.get("value", "")
            data.setdefault(field["name"], []).append(value)
    data.pop("csrfmiddlewaretoken", None)
    return data


def filled(as_hr, query, **changes):
    data = sent(soup(as_hr.get(PREPARE + query)))
    return data | {"contact": ["Mobilité"], "criteres-0-label": ["Expérience"], "criteres-0-weight": ["3"]} | changes
