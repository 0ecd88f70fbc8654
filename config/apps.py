"""Tells accounts what each room has to say on the trail, and how each room forgets."""

from importlib import import_module

from django.apps import AppConfig
from django.conf import settings


class ConfigConfig(AppConfig):
    name = "config"

    def ready(self) -> None:
        from accounts import trail

        for room in settings.ROOMS:
            declarations = import_module(f"{room}.apps")
            trail.register(
                labels=getattr(declarations, "TRAIL_LABELS", {}),
                purges=getattr(declarations, "PURGES", {}),
            )
