"""Opaque identifiers of the bourse: minted once, kept in addresses and on the trail."""

from reorganisations.ids import mint_id


def mint_posting() -> str:
    return mint_id("bourse")


def mint_criterion() -> str:
    return mint_id("critere")


def mint_jury_member() -> str:
    return mint_id("jure")


def mint_application() -> str:
    return mint_id("candidature")


def mint_file() -> str:
    return mint_id("piece")


def mint_interview() -> str:
    return mint_id("entretien")


def mint_outcome() -> str:
    return mint_id("issue")
