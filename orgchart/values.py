"""What every value of the chart is made of: frozen structs, opaque ids, exact numbers, one canonical text."""

import hashlib
from decimal import Decimal
from fractions import Fraction
from typing import NewType

import msgspec

UnitId = NewType("UnitId", str)
PostId = NewType("PostId", str)
ChangeId = NewType("ChangeId", str)
KindCode = NewType("KindCode", str)
GradeCode = NewType("GradeCode", str)
TitleCode = NewType("TitleCode", str)
SiteCode = NewType("SiteCode", str)


class Value(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A frozen record. An unknown key is refused when it is read; a default is not written, so that a field added
    later with a default leaves the text, and the hash, of what was sealed before as they were."""


class Deduction(Value, frozen=True, kw_only=True):
    """A fact that no source states: `field` names it (empty: the whole record), `reason` says how it was deduced."""

    reason: str
    field: str = ""


class Hours(Value, frozen=True, kw_only=True):
    """Durée du poste: weekly hours over the reference of its cadre d'emplois (35/35, 17,5/35, 5/20).

    Raises ValueError when the hours are not between 0 (excluded) and the reference.
    """

    worked: Decimal
    reference: Decimal = Decimal(35)

    def __post_init__(self) -> None:
        if not (self.worked.is_finite() and self.reference.is_finite() and 0 < self.worked <= self.reference):
            raise ValueError("La durée du poste doit être positive et ne pas dépasser la durée de référence.")
        msgspec.structs.force_setattr(self, "worked", plain(self.worked))
        msgspec.structs.force_setattr(self, "reference", plain(self.reference))

    @property
    def etp(self) -> Fraction:
        """Équivalent temps plein, exact."""
        return Fraction(self.worked) / Fraction(self.reference)

    @property
    def complete(self) -> bool:
        return self.worked == self.reference


class Share(Value, frozen=True, kw_only=True):
    """The part of a shared post that works for `unit`, in percent.

    Raises ValueError when the part is not between 0 (excluded) and 100.
    """

    unit: UnitId
    percent: Decimal

    def __post_init__(self) -> None:
        if not (self.percent.is_finite() and 0 < self.percent <= 100):
            raise ValueError("La part d’un poste partagé doit être comprise entre 0 et 100 %.")
        msgspec.structs.force_setattr(self, "percent", plain(self.percent))


def plain(number: Decimal) -> Decimal:
    """The same number in its one canonical writing: no exponent, no trailing zero (17.50 and 1.75E+1 are 17.5)."""
    return Decimal(f"{number.normalize():f}")


def canonical(value: object) -> bytes:
    """The one JSON text of a value, the one that is hashed: keys sorted, defaults omitted, UTF-8, no spaces."""
    return msgspec.json.encode(value, order="sorted")


def sha256(text: bytes) -> str:
    return hashlib.sha256(text).hexdigest()
