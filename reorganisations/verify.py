"""What was sealed here is as it was: texts against their hashes, stages against the versions they sealed."""

from collections.abc import Iterator
from typing import cast

from missions.models import Version, VersionKind

from .models import SealedText, StageRecord, TransformationResolution
from .sealing import Tampered, verified


def faults() -> Iterator[str]:
    """Each fault as a sentence, texts first."""
    yield from _texts()
    yield from _stages()
    yield from _resolutions()


def _texts() -> Iterator[str]:
    for text in SealedText.objects.select_related("reorganisation").order_by("pk").iterator():
        try:
            verified(text)
        except Tampered as fault:
            yield str(fault)


def _stages() -> Iterator[str]:
    applied = StageRecord.objects.filter(applied_at__isnull=False).select_related("reorganisation", "version")
    for stage in applied.order_by("pk"):
        version = cast("Version", stage.version)
        code = stage.reorganisation.code
        if (version.source_code, version.kind, version.effective_on) != (
            code,
            VersionKind.REORGANISATION,
            stage.effective_on,
        ):
            yield f"La version {version.number} n’est pas celle de «\u00a0{code}\u00a0», étape {stage.position + 1}."


def _resolutions() -> Iterator[str]:
    sealed = TransformationResolution.objects.filter(version__isnull=False).select_related("reorganisation", "version")
    for resolution in sealed.order_by("pk"):
        version = cast("Version", resolution.version)
        code = resolution.reorganisation.code
        if (version.source_code, version.kind) != (code, VersionKind.RESOLUTION):
            yield f"La version {version.number} n’est pas issue de la bourse de «\u00a0{code}\u00a0»."
