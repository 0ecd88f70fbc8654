from django.apps import AppConfig

TRAIL_LABELS: dict[str, str] = {}


class PostingsConfig(AppConfig):
    name = "postings"
    verbose_name = "Bourse"
