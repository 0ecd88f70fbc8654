from typing import Any

from django.core.management.base import BaseCommand, CommandError

from missions.models import Version
from missions.verify import verify_chart
from reorganisations.models import SealedText
from reorganisations.verify import faults


class Command(BaseCommand):
    help = "Vérifie l’organigramme en vigueur, la chaîne des versions et les textes scellés."

    def handle(self, *args: Any, **options: Any) -> None:
        for fault in (*(found.message for found in verify_chart()), *faults()):
            raise CommandError(fault)
        versions, texts = Version.objects.count(), SealedText.objects.count()
        self.stdout.write(f"Tout est conforme\u00a0: {versions} version(s), {texts} texte(s) scellé(s).")
