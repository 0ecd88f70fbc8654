"""The legend under a picture that stands alone: a sample and its word for each way of drawing that it shows."""

from msgspec.structs import replace

from .drawing import Drawing, Key, Measure, Role, Text, Weight

# Sample → what it means. The samples of the marks are frames, with their sign.
SAMPLES = {
    "created": "créé",
    "moved": "rattaché à une autre unité",
    "transferred": "transféré d’une direction ou d’un employeur à l’autre",
    "transformed": "transformé, renommé ou modifié",
    "closed": "supprimé",
    "former": "d’où vient ce qui a bougé",
    "functional": "lien fonctionnel",
    "partial": "connu en partie",
}
SIZE = 3.1
SAMPLE_WIDTH, SAMPLE_HEIGHT = 8.0, 5.0
ROW, GAP, BETWEEN = 7.0, 1.8, 7.0


def legend(drawing: Drawing, measure: Measure, margin: float) -> Drawing:
    """The drawing with its legend below, wrapped to its width; a drawing without anything to explain stays as it is."""
    keys: list[Key] = []
    x, y = margin, drawing.height + 2.0
    widest = drawing.width
    for sample in drawing.samples:
        words = SAMPLES[sample]
        room = SAMPLE_WIDTH + GAP + measure.width(words, SIZE, Weight.REGULAR)
        if keys and x + room > max(drawing.width - margin, margin + room):
            x, y = margin, y + ROW
        text = Text(
            x=round(x + SAMPLE_WIDTH + GAP, 2),
            y=round(y + SAMPLE_HEIGHT / 2 + SIZE * 0.34, 2),
            text=words,
            size=SIZE,
            role=Role.NOTE,
        )
        keys.append(Key(x=round(x, 2), y=round(y, 2), sample=sample, text=text))
        widest = max(widest, round(x + room + margin, 2))
        x += room + BETWEEN
    if not keys:
        return drawing
    return replace(drawing, keys=tuple(keys), width=widest, height=round(y + SAMPLE_HEIGHT + margin, 2))
