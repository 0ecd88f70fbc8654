"""What HR is warned of: the application says it and logs it, it never decides legality."""

from ..models import Posting, Scope
from ..needs import is_before_opinion
from ..status import EDITABLE


def posting_warnings(posting: Posting) -> tuple[str, ...]:
    """Sentences, in the order they matter."""
    found: list[str] = []
    if posting.status in EDITABLE and is_before_opinion(posting):
        found.append(
            "Le comité n’a pas rendu son avis sur la réorganisation\u00a0: publier avant demande un motif, gardé "
            "au journal."
        )
    if posting.status not in EDITABLE and posting.early_reason:
        found.append(f"Publiée avant l’avis du comité\u00a0: {posting.early_reason}")
    if not posting.dve_number or posting.dve_published_on is None:
        found.append(
            "La déclaration au centre de gestion (n°\u00a0DVE) et sa publicité s’imposent en principe, même pour une "
            "candidature interne\u00a0: renseignez le numéro et la date."
        )
    if posting.scope == Scope.RESERVED and (not posting.legal_number or posting.legal_on is None):
        found.append(
            "Une bourse réservée à un groupe devrait être validée par le service juridique\u00a0: renseignez le numéro "
            "et la date de sa validation."
        )
    return tuple(found)
