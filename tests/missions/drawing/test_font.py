"""The widths that the layout computes are those of the vendored face."""

import pytest
from fontTools.ttLib import TTFont

from missions.drawing.font import FontMeasure, font_file
from orgchart.layout import Weight


@pytest.mark.parametrize("weight", list(Weight))
def test_a_text_is_as_wide_as_its_glyphs(weight):
    text = "Chargé/e/s d’études « A\u00a02.2 » → 17"
    with TTFont(font_file(weight)) as font:
        glyphs = font.getBestCmap()
        expected = sum(font["hmtx"][glyphs[ord(letter)]][0] for letter in text) / font["head"].unitsPerEm
    assert FontMeasure().width(text, 3.6, weight) == pytest.approx(expected * 3.6)


def test_bold_is_wider():
    measure = FontMeasure()
    assert measure.width("Directrice", 4, Weight.SEMIBOLD) > measure.width("Directrice", 4, Weight.REGULAR)


def test_a_character_that_the_face_lacks_still_takes_room():
    assert FontMeasure().width("\ue000", 4, Weight.REGULAR) > 0
