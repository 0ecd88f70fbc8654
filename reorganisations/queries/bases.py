"""The charts that drafts are written over and held against."""

from msgspec.structs import replace

from missions.corrections import corrected
from missions.queries import newest_version, version_structure
from missions.queries.dates import corrections_of
from missions.queries.rows import nomenclature_at_once
from missions.seals import sealed_structure
from orgchart.nomenclature import Nomenclature
from orgchart.structure import Structure
from orgchart.values import canonical

from ..models import Reorganisation
from ..status import EDITABLE
from .recent import Recent

# The charts that drafts are written over, with what was corrected of them and the words of today: a chart that is given
# again has its indexes already.
BASES: Recent[tuple[bytes, bytes], Structure] = Recent(8)


def base_structure(reorganisation: Reorganisation) -> Structure:
    """The sealed chart the draft is written over, with the corrections made since.

    While the draft may be edited it is written with the words of today.
    """
    version = reorganisation.base_version
    # A page that asked with the row does not ask again for what is not there.
    mended = corrections_of(version) if getattr(reorganisation, "base_is_corrected", True) else []
    words = nomenclature_at_once() if reorganisation.status in EDITABLE else None

    def made() -> Structure:
        structure = corrected(sealed_structure(version), mended)
        return structure if words is None else with_words(structure, words)

    return BASES.of((bytes(version.snapshot), canonical((mended, words))), made)


def chart_in_force() -> Structure:
    """What the newest version sealed, with its corrections, in the words of today: three queries. Empty before the
    first version."""
    newest = newest_version()
    return in_words_of_today(version_structure(newest)) if newest else Structure()


def in_words_of_today(structure: Structure) -> Structure:
    """A title or a cotation added since the chart was sealed can be used. When no word differs, the very same chart,
    whose indexes are kept."""
    return with_words(structure, nomenclature_at_once())


def with_words(structure: Structure, words: Nomenclature) -> Structure:
    words = structure.nomenclature.renewed(words)
    return structure if words == structure.nomenclature else replace(structure, nomenclature=words)
