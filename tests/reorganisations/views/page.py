"""A page as a person reads it, the workspace first, and what can be pressed there."""

from bs4 import BeautifulSoup, Tag
from django.test import Client
from django.urls import reverse

from reorganisations.models import Reorganisation

HTMX = {"HTTP_HX_REQUEST": "true"}


class Workspace:
    """The page as a person reads it, and what can be pressed in it."""

    def __init__(self, client: Client, reorganisation: Reorganisation) -> None:
        self.client, self.reorganisation = client, reorganisation
        self.address = reverse("reorganisations:workspace", args=[reorganisation.code])

    def soup(self, *, htmx: bool = False, query: str = "") -> BeautifulSoup:
        response = self.client.get(self.address + query, **(HTMX if htmx else {}))
        assert response.status_code == 200
        return BeautifulSoup(response.content, "html.parser")

    @property
    def totals(self) -> dict[str, tuple[str, ...]]:
        found = {}
        for row in self.soup().select("#effectifs table tr"):
            head, *cells = [cell.get_text(strip=True) for cell in row.select("th, td")]
            found[head] = tuple(cells)
        return found

    @property
    def adjustments(self) -> list[str]:
        return [told(item) for item in self.soup().select(".adjustment p:first-child")]

    @property
    def problems(self) -> str:
        return told(self.soup().select_one(".problems"))

    def post(self, name: str, *args: str, htmx: bool = True, **data: str) -> tuple[int, BeautifulSoup]:
        self.reorganisation.refresh_from_db()
        address = reverse(f"reorganisations:{name}", args=[self.reorganisation.code, *args])
        data = {"seen": str(self.reorganisation.revision)} | data
        response = self.client.post(address, data, **(HTMX if htmx else {}))
        return response.status_code, BeautifulSoup(response.content, "html.parser")


def told(tag: Tag | None) -> str:
    return " ".join(tag.get_text(" ", strip=True).split()).replace("\u00a0", " ") if tag else ""
