"""One page per file: load, check, form, action, render."""
