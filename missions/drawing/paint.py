"""How each class of the drawing is painted where no style sheet reaches it: in a PDF and in an exported file.

WeasyPrint applies neither the document's CSS nor custom properties inside an inline SVG, so the look is written there
as presentation attributes. On screen `static/css/chart.css` paints the same classes, in both themes.
"""

INK, SOFT, LINE, STRONG = "#1b2430", "#5a6675", "#dfe3e8", "#aab4c0"
ACCENT, ON_ACCENT, ON_ACCENT_SOFT = "#0b5c6b", "#ffffff", "#d5eaee"
MARKS = {
    "created": "#1c6b3c",
    "moved": "#5b3a9b",
    "transferred": "#1f4f9c",
    "transformed": "#8a5200",
    "closed": "#6a4650",
}

# Class → attributes. When an element has several classes, the last one that says something wins.
PAINT: dict[str, dict[str, str]] = {
    "chart-line": {"fill": "none", "stroke": STRONG, "stroke-width": "0.35"},
    "chart-line--functional": {"stroke-dasharray": "0.2 1.1", "stroke-linecap": "round", "stroke-width": "0.45"},
    "chart-line--former": {"stroke": MARKS["moved"], "stroke-width": "0.3", "stroke-dasharray": "1.8 1.1"},
    "chart-line--arrow": {"stroke": MARKS["moved"], "stroke-width": "0.35", "stroke-linecap": "round"},
    "chart-box": {"fill": "#ffffff", "stroke": "#d3d9e0", "stroke-width": "0.3"},
    "chart-box--top": {"fill": ACCENT, "stroke": ACCENT},
    "chart-box--open": {"fill": "#ffffff"},
    "chart-band": {"fill": ACCENT},
    "chart-box--partial": {"stroke": "#808c9b", "stroke-dasharray": "1.4 0.9"},
    "chart-box--planned": {"stroke": ACCENT, "stroke-dasharray": "2.2 1.1"},
    "chart-spine": {"fill": ACCENT},
    "chart-spine--partial": {"fill": "none", "stroke": "#808c9b", "stroke-width": "0.9", "stroke-dasharray": "0.9 0.9"},
    "chart-rule": {"fill": "none", "stroke": LINE, "stroke-width": "0.25"},
    "chart-text": {"fill": INK},
    "chart-soft": {"fill": SOFT},
    "chart-on-top": {"fill": ON_ACCENT},
    "chart-on-top-soft": {"fill": ON_ACCENT_SOFT},
    "chart-warning": {"fill": "#a3380b"},
    "chart-more": {"fill": ACCENT},
    "chart-chip": {"fill": "#ebeef2"},
    "chart-chip-text": {"fill": "#3b4756"},
    "chart-sign": {"fill": "none", "stroke-linecap": "round", "stroke-linejoin": "round"},
    "chart-sign--on-top": {"stroke": ON_ACCENT},
    "chart-hatch": {"fill": "none", "stroke": "#cdbfc3", "stroke-width": "0.2"},
    "chart-double": {"fill": "none", "stroke": MARKS["created"], "stroke-width": "0.2"},
    "chart-double--on-top": {"fill": "none", "stroke": ON_ACCENT, "stroke-width": "0.2"},
    "chart-strike": {"fill": "none", "stroke": SOFT, "stroke-width": "0.25"},
    "chart-halo": {"stroke": "#ffffff", "stroke-width": "0.9", "paint-order": "stroke"},
} | {
    name: attributes
    for mark, colour in MARKS.items()
    for name, attributes in (
        (f"chart-box--{mark}", {"stroke": colour, "stroke-width": "0.4"}),
        (f"chart-spine--{mark}", {"fill": colour}),
        (f"chart-text--{mark}", {"fill": colour}),
        (f"chart-sign--{mark}", {"stroke": colour}),
    )
}
PAINT["chart-box--transferred"] |= {"stroke-dasharray": "3 0.8 0.5 0.8"}
PAINT["chart-box--closed"] |= {"stroke-dasharray": "1.2 0.8"}
# Filled, for the lines that pass under it not to strike its words through.
PAINT["chart-box--ghost"] = {
    "fill": "#ffffff",
    "stroke": MARKS["moved"],
    "stroke-width": "0.25",
    "stroke-dasharray": "0.6 0.8",
}

# The marks of `templates/components/sprite.html`, 24 × 24: path and stroke width.
SIGNS = {
    "created": ("M12 4v16M4 12h16", 2.75),
    "moved": ("M4 6v12M4 12h15M13.5 6.5 19 12l-5.5 5.5", 2.5),
    "transferred": ("M3 8h17M15 3.5 20 8l-5 4.5M21 17H4M9 12.5 4 17l5 4.5", 2.25),
    "transformed": ("m4 20 1-4.5L16.5 4 20 7.5 8.5 19zM14 6.5 17.5 10", 2.25),
    "closed": ("m5.5 5.5 13 13m0-13-13 13", 2.5),
}


def attributes(classes: str) -> dict[str, str]:
    """The presentation attributes of an element with these classes."""
    found: dict[str, str] = {}
    for name in classes.split():
        found |= PAINT.get(name, {})
    return found
