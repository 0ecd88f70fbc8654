"""The report of a reorganisation as a page, a PDF and an office document, all from one dossier."""
