"""`manage.py load_reference [FILE]`: adds the reference data that is missing; what HR edited stays as it is."""

from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import msgspec
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.module_loading import import_string
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from missions.actions import add_missing_reference
from orgchart.nomenclature import Nomenclature


class Command(BaseCommand):
    help = "Ajoute les données de référence qui manquent, sans toucher à celles qui existent."

    def add_arguments(self, parser: CommandParser) -> None:
        default = settings.BASE_DIR / "fixtures" / "reference.yaml"
        parser.add_argument("file", nargs="?", type=Path, default=default, help="Fichier YAML des données.")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            words = msgspec.convert(YAML(typ="safe").load(file.read_text(encoding="utf-8")), type=Nomenclature)
        except OSError as error:
            raise CommandError(f"{file}\u00a0: fichier illisible ({error.strerror}).") from None
        except (YAMLError, msgspec.ValidationError) as error:
            raise CommandError(f"{file}\u00a0: {error}") from None
        added = add_missing_reference(words=words, by=None)
        self.stdout.write(
            f"Ajoutés\u00a0: {added.kinds} types d’unité, {added.grades} cotations, {added.titles} intitulés, "
            f"{added.sites} sites."
        )
        for path, load in files_of_rooms(file.parent):
            self.stdout.write(f"{path.name}\u00a0: {load(path=path)} entrées ajoutées.")


def files_of_rooms(folder: Path) -> Iterator[tuple[Path, Callable[..., int]]]:
    """The reference files that the rooms declare (`REFERENCE_FILES` of their apps.py), those that stand in `folder`."""
    for room in settings.ROOMS:
        declared: dict[str, str] = getattr(import_module(f"{room}.apps"), "REFERENCE_FILES", {})
        for name, action in declared.items():
            if (folder / name).exists():
                yield folder / name, import_string(action)
