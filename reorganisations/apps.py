from django.apps import AppConfig

TRAIL_LABELS: dict[str, str] = {}


class ReorganisationsConfig(AppConfig):
    name = "reorganisations"
    verbose_name = "Réorganisations"
