from django.apps import AppConfig

TRAIL_LABELS: dict[str, str] = {}


class MissionsConfig(AppConfig):
    name = "missions"
    verbose_name = "Organigramme"
