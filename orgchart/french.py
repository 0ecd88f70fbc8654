"""French as reports print it: articles and elision, number, dates, signs, non-breaking spaces."""

import datetime
import re
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

NBSP = "\u00a0"
NARROW = "\u202f"
MINUS = "−"
UNKNOWN = "non renseigné"
UNKNOWN_FEMININE = "non renseignée"

MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)

_MONTH = f"(?:{'|'.join(MONTHS)})"
_LINKS = "et|ou|à|au|aux|en|de|du|des|par|pour|sur|dont|le|la|les"

# Words that begin with a vowel or an h and are not elided (h aspiré, onze, ouistiti…): their beginnings.
_NOT_ELIDED = ("hau", "hor", "huit", "héra", "halt", "halle", "hand", "hang", "har", "hiér", "hasard", "onz", "oui")
_NOT_ELIDED_EXCEPT = ("horlog", "horair", "horti", "horiz", "harmon")
_VOWELS = tuple("aàâeéèêëiîïoôuùûœæ")


def is_elided(word: str) -> bool:
    """Whether « le », « la » and « de » lose their vowel before this word (l’antenne, d’un poste; la halte)."""
    lowered = word.lower()
    if not word[1:2].isalpha() and word[:1].isupper():
        # A letter that is a name is said by itself (« de A 3 à A 2.2 »).
        return False
    if lowered.startswith(_NOT_ELIDED) and not lowered.startswith(_NOT_ELIDED_EXCEPT):
        return False
    if lowered.startswith("h"):
        # A sigle is spelled out (« la HDF »).
        return not word[:2].isupper()
    return lowered.startswith(_VOWELS)


def de(word: str) -> str:
    """« de chargé de mission », « d’assistante »."""
    return f"d’{word}" if is_elided(word) else f"de {word}"


def the(noun: str, *, feminine: bool) -> str:
    """« le secteur », « la cellule », « l’antenne »."""
    if is_elided(noun):
        return f"l’{noun}"
    return f"{'la' if feminine else 'le'} {noun}"


def of_the(noun: str, *, feminine: bool) -> str:
    """« du secteur », « de la cellule », « de l’antenne »."""
    return f"du {noun}" if not feminine and not is_elided(noun) else f"de {the(noun, feminine=feminine)}"


def to_the(noun: str, *, feminine: bool) -> str:
    """« au secteur », « à la cellule », « à l’antenne »."""
    return f"au {noun}" if not feminine and not is_elided(noun) else f"à {the(noun, feminine=feminine)}"


def an(noun: str, *, feminine: bool) -> str:
    """« un secteur », « une cellule »."""
    return f"{'une' if feminine else 'un'} {noun}"


def plural(number: Decimal | Fraction | int, singular: str, several: str = "") -> str:
    """The form of a word for this number: French takes the singular below 2 (0 poste, 1,5 poste, 2 postes)."""
    return singular if -2 < number < 2 else several or f"{singular}s"


def count(number: int, singular: str, several: str = "") -> str:
    """« 4 postes », not broken across lines."""
    return f"{grouped(number)}{NBSP}{plural(number, singular, several)}"


def grouped(number: int) -> str:
    """« 9999 », « 10 000 »: thousands stand apart from five figures on, by a narrow space that does not break."""
    return f"{number:,}".replace(",", NARROW) if abs(number) >= 10_000 else str(number)


def join(items: Iterable[str]) -> str:
    """« Amiens, Arras et Lille »."""
    found = list(items)
    return " et ".join([", ".join(found[:-1]), found[-1]]) if len(found) > 1 else "".join(found)


def lower_first(text: str) -> str:
    """« Cellule de direction » inside a sentence; a sigle stays as it is."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def upper_first(text: str) -> str:
    return text[:1].upper() + text[1:]


def date(day: datetime.date) -> str:
    """« 4 octobre 2021 », « 1er janvier 2022 »."""
    return f"{'1er' if day.day == 1 else day.day}{NBSP}{MONTHS[day.month - 1]}{NBSP}{day.year}"


def clock(at: datetime.datetime | datetime.time) -> str:
    """« 9 h 00 », of a time as it is read on the spot."""
    return f"{at.hour}{NBSP}h{NBSP}{at.minute:02}"


def moment(at: datetime.datetime) -> str:
    """« 4 octobre 2021 à 9 h 00 », of a time as it is read on the spot."""
    return f"{date(at.date())} à {clock(at)}"


def month(year: int, number: int) -> str:
    """« mars 2020 »."""
    return f"{MONTHS[number - 1]}{NBSP}{year}"


def signed(number: int) -> str:
    """« +1 », « −1 », « 0 »."""
    return f"+{grouped(number)}" if number > 0 else f"{MINUS}{grouped(-number)}" if number else "0"


def decimal(number: Decimal | Fraction | int, places: int = 2) -> str:
    """« 17,5 »: rounded when printed only, no trailing zero."""
    exact = Fraction(number)
    step = Decimal(1).scaleb(-places)
    rounded = (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(step, rounding=ROUND_HALF_UP)
    text = f"{rounded:f}".rstrip("0").rstrip(".") if places else f"{rounded:f}"
    whole, point, rest = (text if text not in ("-0", "") else "0").removeprefix("-").partition(".")
    sign = MINUS if text.startswith("-") and text != "-0" else ""
    return f"{sign}{grouped(int(whole))}{',' if point else ''}{rest}"


def quoted(text: str) -> str:
    return f"«{NBSP}{text}{NBSP}»"


def typographic(text: str) -> str:
    """The same text with ’ for ' between letters and non-breaking spaces where French wants them.

    Before : ; ? ! » and %, after «, and between a number and its noun (« 17 postes », « 4 octobre »). Nothing is added
    where there was no space, so that addresses (https://…) and hours (14:32) stay whole.
    """
    text = re.sub(r"(?<=\w)'(?=\w)", "’", text)
    text = re.sub(r"[ \u202f]+([:;?!»%])", f"{NBSP}\\1", text)
    text = re.sub(r"«[ \u202f]*(?=[^\s\u00a0])", f"«{NBSP}", text)
    text = re.sub(r"(?<=[^\s\u00a0])»", f"{NBSP}»", text)
    text = re.sub(r"(?<![\w/])([Aa]rticle|[Ll]oi|n°|page) (?=\d)", f"\\1{NBSP}", text)
    text = re.sub(rf"(?<=\d) (?={_MONTH}\b)", NBSP, text)
    text = re.sub(rf"\b({_MONTH}) (?=\d{{4}})", rf"\1{NBSP}", text)
    return re.sub(rf"(?<![\d.,])(\d{{1,3}}) (?!(?:{_LINKS})\b)(?=[a-zà-ÿA-Z])", rf"\1{NBSP}", text)


def partial_date(year: int, month_number: int | None = None, day: int | None = None) -> str:
    """« 2020 », « mars 2020 », « 6 juillet 2020 »: as precise as the source."""
    if month_number is None:
        return str(year)
    return month(year, month_number) if day is None else date(datetime.date(year, month_number, day))
