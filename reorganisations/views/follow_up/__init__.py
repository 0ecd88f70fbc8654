"""« Séance et décision »: the page of the procedure, and one page for each of its transitions."""
