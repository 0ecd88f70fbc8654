"""What msgspec says of a value, said in French."""

import difflib
import re
from collections.abc import Callable, Iterable

JSON_WORDS = {
    "str": "un texte",
    "int": "un nombre entier",
    "float": "un nombre",
    "decimal": "un nombre",
    "bool": "« true » ou « false »",
    "null": "rien",
    "array": "une liste",
    "object": "un ensemble de clés",
    "date": "une date",
}

# Past so many words, only a close one is suggested.
MANY = 8


def in_french(message: str, known: Iterable[str] = ()) -> str:
    """The message of a msgspec.ValidationError, without its path. `known`: the words admitted there, to suggest one."""
    for pattern, say in MESSAGES:
        if found := re.fullmatch(pattern, message):
            return say(found, tuple(known))
    return message


def suggestion(word: str, known: Iterable[str]) -> str:
    """« , vouliez-vous dire … ? » when a known word is close."""
    close = difflib.get_close_matches(word, [str(each) for each in known], n=1)
    return f", vouliez-vous dire « {close[0]} »\u00a0?" if close else "."


def kinds_in_words(kinds: str) -> str:
    words = [JSON_WORDS.get(kind.strip(" `"), kind.strip(" `")) for kind in kinds.split("|")]
    return " ou ".join(words)


def _unknown_value(found: re.Match[str], known: tuple[str, ...]) -> str:
    if len(known) > MANY:
        return f"valeur « {found[1]} » inconnue{suggestion(found[1], known)}"
    return f"valeur « {found[1]} » inconnue ; valeurs admises : {', '.join(known)}."


MESSAGES: list[tuple[str, Callable[[re.Match[str], tuple[str, ...]], str]]] = [
    (
        r"Object contains unknown field `(.*)`",
        lambda found, known: f"clé « {found[1]} » inconnue{suggestion(found[1], known)}",
    ),
    (r"Object missing required field `(.*)`", lambda found, known: f"il manque la clé « {found[1]} »."),
    (
        r"Expected `([^`]*)`, got `(.*)`",
        lambda found, known: f"attendu : {kinds_in_words(found[1])} ; trouvé : {kinds_in_words(found[2])}.",
    ),
    (r"Invalid (?:enum )?value '?([^']*)'?", _unknown_value),
    (r"Invalid RFC3339 encoded date", lambda found, known: "date attendue, au format AAAA-MM-JJ."),
    (r"Invalid decimal string", lambda found, known: "nombre attendu."),
    (r"Expected `str` of length >= 1", lambda found, known: "ne peut pas être vide."),
    (r"Expected `str` of length <= (\d+)", lambda found, known: f"dépasse {found[1]} caractères."),
    (r"Expected `array` of length >= (\d+)", lambda found, known: f"au moins {found[1]} éléments sont attendus."),
    (r"Expected `int` >= (\d+)", lambda found, known: f"nombre d’au moins {found[1]} attendu."),
    (r"Expected `str` matching regex .*", lambda found, known: "n’a pas la forme attendue."),
]
