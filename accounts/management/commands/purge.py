"""Forgets what the rooms declared to be too old to keep. To be run every day."""

from typing import Any

from django.core.management.base import BaseCommand

from accounts import trail


class Command(BaseCommand):
    help = "Deletes personal data past its term: each room declares its purges."

    def handle(self, *args: Any, **options: Any) -> None:
        for what, forget in trail.purges().items():
            self.stdout.write(f"{what}\u00a0: {forget()}")
