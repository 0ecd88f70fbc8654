"""Case files: a chart, its milestones and its reorganisations as one readable YAML text, read and written."""
