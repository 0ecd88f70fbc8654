"""Elision, articles, number, dates and spaces as French prints them."""

import datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from orgchart import french


@pytest.mark.parametrize(
    ("noun", "feminine", "with_the", "of_the", "to_the"),
    [
        ("secteur", False, "le secteur", "du secteur", "au secteur"),
        ("cellule", True, "la cellule", "de la cellule", "à la cellule"),
        ("antenne", True, "l’antenne", "de l’antenne", "à l’antenne"),
        ("établissement", False, "l’établissement", "de l’établissement", "à l’établissement"),
        ("hébergement", False, "l’hébergement", "de l’hébergement", "à l’hébergement"),
        ("haut-commissariat", False, "le haut-commissariat", "du haut-commissariat", "au haut-commissariat"),
        ("horlogerie", True, "l’horlogerie", "de l’horlogerie", "à l’horlogerie"),
        ("HDF", True, "la HDF", "de la HDF", "à la HDF"),
        ("DDPE", True, "la DDPE", "de la DDPE", "à la DDPE"),
        ("ARS", True, "l’ARS", "de l’ARS", "à l’ARS"),
    ],
)
def test_articles_agree_and_elide(noun, feminine, with_the, of_the, to_the):
    assert french.the(noun, feminine=feminine) == with_the
    assert french.of_the(noun, feminine=feminine) == of_the
    assert french.to_the(noun, feminine=feminine) == to_the


def test_de_elides():
    assert [french.de(word) for word in ("assistante", "un poste", "chargé", "onze", "Amiens", "A\u00a03")] == [
        "d’assistante",
        "d’un poste",
        "de chargé",
        "de onze",
        "d’Amiens",
        "de A\u00a03",
    ]
    assert (french.an("cellule", feminine=True), french.an("secteur", feminine=False)) == ("une cellule", "un secteur")


@pytest.mark.parametrize(
    ("number", "text"), [(0, "0 poste"), (1, "1 poste"), (-1, "-1 poste"), (2, "2 postes"), (17, "17 postes")]
)
def test_the_plural_begins_at_two(number, text):
    assert french.count(number, "poste") == text.replace(" ", french.NBSP)


def test_one_and_a_half_is_singular_and_irregular_plurals_are_given():
    assert french.plural(Fraction(3, 2), "poste") == "poste"
    assert french.plural(Decimal(2), "poste existant", "postes existants") == "postes existants"


def test_lists_and_capitals():
    assert [french.join(items) for items in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == [
        "",
        "a",
        "a et b",
        "a, b et c",
    ]
    assert [french.lower_first(text) for text in ("Cellule", "DDPE", "")] == ["cellule", "DDPE", ""]
    assert [french.upper_first(text) for text in ("poste", "École", "")] == ["Poste", "École", ""]


def test_dates():
    assert french.date(datetime.date(2021, 10, 4)) == "4\u00a0octobre\u00a02021"
    assert french.date(datetime.date(2022, 1, 1)) == "1er\u00a0janvier\u00a02022"
    assert french.month(2020, 3) == "mars\u00a02020"


def test_signs_and_decimals():
    assert [french.signed(number) for number in (1, 0, -1)] == ["+1", "0", "−1"]
    assert [
        french.decimal(number)
        for number in (Decimal("17.5"), Fraction(7, 2), Fraction(1, 3), Fraction(2, 3), 20, 0, -1, Fraction(-1, 1000))
    ] == ["17,5", "3,5", "0,33", "0,67", "20", "0", "−1", "0"]
    assert french.decimal(Decimal("0.5"), places=0) == "1"


def test_thousands_stand_apart_from_five_figures_on():
    assert [french.grouped(number) for number in (0, 9999, 10_000, 1_234_567, -10_000)] == [
        "0",
        "9999",
        "10\u202f000",
        "1\u202f234\u202f567",
        "-10\u202f000",
    ]
    assert french.count(10_000, "poste") == "10\u202f000\u00a0postes"
    assert (french.signed(-12_000), french.decimal(Decimal("-12345.5"))) == ("−12\u202f000", "−12\u202f345,5")


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("l'unité : 17 postes", "l’unité~: 17~postes"),
        ("« oui » ; non ?", "«~oui~»~; non~?"),
        ("«oui»", "«~oui~»"),
        ("14 %", "14~%"),
        ("le 4 octobre 2021, en mars 2020 et le 6 juillet", "le 4~octobre~2021, en mars~2020 et le 6~juillet"),
        ("la loi n° 2018-771", "la loi n°~2018-771"),
        ("article 18", "article~18"),
        ("https://exemple.fr à 14:32", "https://exemple.fr à 14:32"),
        ("A 1.3 et A 2.2", "A 1.3 et A 2.2"),
        ("4 et 5 postes", "4 et 5~postes"),
        ("", ""),
    ],
)
def test_typography(typed, printed):
    assert french.typographic(typed) == printed.replace("~", french.NBSP)
    assert french.typographic(french.typographic(typed)) == french.typographic(typed)


def test_an_hour_has_no_useless_zero_before_it_and_two_figures_of_minutes():
    assert french.clock(datetime.time(9, 5)) == "9\u00a0h\u00a005"
    assert (
        french.moment(datetime.datetime(2022, 1, 1, 14, 30, tzinfo=datetime.UTC))
        == "1er\u00a0janvier\u00a02022 à 14\u00a0h\u00a030"
    )
