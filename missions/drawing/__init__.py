"""From a computed drawing to a picture: metrics of the vendored font, one SVG fragment for screen, PDF and export."""
