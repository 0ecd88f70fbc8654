from typing import Any

from django.core.management.base import BaseCommand, CommandError

from postings.actions import run_clock


class Command(BaseCommand):
    help = "Ouvre et clôt les bourses à leur heure, prononce les affectations du jour. À lancer chaque minute."

    def handle(self, *args: Any, **options: Any) -> None:
        found = run_clock()
        for each in found:
            said = f"refusée. {each.refusal}" if each.refusal else each.done
            self.stdout.write(f"{each.posting.code}\u00a0: {said}")
        if not found:
            self.stdout.write("Aucune bourse n’est à faire avancer.")
        if refused := sum(1 for each in found if each.refusal):
            raise CommandError("Une bourse n’a pas avancé." if refused == 1 else f"{refused} bourses n’ont pas avancé.")
