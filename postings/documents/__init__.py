"""The minutes of a bourse as a page, a PDF and an office document, with the names or without."""
