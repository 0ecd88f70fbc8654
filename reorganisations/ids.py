"""Opaque identifiers: minted once, kept in drafts, sealed texts, case files and addresses."""

import secrets


def mint_id(prefix: str) -> str:
    """A new unique id, safe in an address: `post-3f9c2a81d07e4b65`. It says nothing beyond its prefix."""
    return f"{prefix}-{secrets.token_hex(8)}"


def mint_committee() -> str:
    return mint_id("instance")


def mint_session() -> str:
    return mint_id("seance")


def mint_agenda_item() -> str:
    return mint_id("point")


def mint_attendance() -> str:
    return mint_id("presence")


def mint_statement() -> str:
    return mint_id("declaration")


def mint_reorganisation() -> str:
    return mint_id("reorganisation")


def mint_section() -> str:
    return mint_id("section")


def mint_text() -> str:
    return mint_id("texte")


def mint_opinion() -> str:
    return mint_id("avis")


def mint_decision() -> str:
    return mint_id("decision")


def mint_stage() -> str:
    return mint_id("etape")


def mint_adjustment() -> str:
    return mint_id("adaptation")


def mint_resolution() -> str:
    return mint_id("determination")


def mint_fruitless() -> str:
    return mint_id("infructueuse")


def mint_remark() -> str:
    return mint_id("remarque")
