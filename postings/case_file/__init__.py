"""Bourses told by a file: read, done again through the actions at the times it gives, and written from what is kept."""
