"""The vendored face: its widths for the layout, so that boxes fit their text on screen and on paper alike."""

from functools import cache, lru_cache
from pathlib import Path

from django.conf import settings
from fontTools.ttLib import TTFont

from orgchart.layout import Weight

FAMILY = "Source Sans 3"
FILES = {
    Weight.REGULAR: "SourceSans3-Regular.ttf",
    Weight.MEDIUM: "SourceSans3-Medium.ttf",
    Weight.SEMIBOLD: "SourceSans3-SemiBold.ttf",
}


def font_file(weight: Weight) -> Path:
    return Path(settings.BASE_DIR) / "static" / "fonts" / FILES[weight]


class Advances:
    """Character → advance width, in em; a character that the face lacks takes the width of its missing glyph."""

    def __init__(self, file: Path) -> None:
        with TTFont(file, lazy=True) as font:
            units = font["head"].unitsPerEm
            metrics = font["hmtx"].metrics
            self._em = {chr(code): metrics[glyph][0] / units for code, glyph in font.getBestCmap().items()}
            self._missing = metrics[".notdef"][0] / units

    def of(self, text: str) -> float:
        return float(sum(self._em.get(character, self._missing) for character in text))


@cache
def advances(weight: Weight) -> Advances:
    return Advances(font_file(weight))


@lru_cache(maxsize=16384)
def width_in_em(text: str, weight: Weight) -> float:
    """Kerning, which only narrows pairs a little, is left out: a box is never too small for its text."""
    return advances(weight).of(text)


class FontMeasure:
    """The `Measure` of the layout, with the vendored face."""

    def width(self, text: str, size: float, weight: Weight) -> float:
        return width_in_em(text, weight) * size
