"""*Cetak*, *Excel*, *Bagikan ke WhatsApp*: the same bar at the same place under every page that anybody may read.

Only pages named here have it: no page of work, of an account, or with a key in its address is ever shared by a button.
"""

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

_PUBLIC: Final = frozenset(
    {
        "organisations:directory", "organisations:profile", "organisations:work", "organisations:members",
        "organisations:programme", "organisations:relations", "places:country", "places:area", "places:finder",
        "places:point", "results:index", "results:figure", "home:home", "home:counting", "home:confidentiality",
        "home:accessibility",
    }
)  # fmt: skip
# Page -> the table it shows.
_TABLES: Final = {
    "organisations:directory": "organisations",
    "organisations:members": "members",
    "organisations:programme": "programme",
    "places:area": "area",
    "places:finder": "services",
    "results:figure": "figure",
}
# How a list is paged or shown is no filter of it.
_NOT_FILTERS: Final = frozenset({"setelah", "tampilan", "saring"})


@dataclass(frozen=True, slots=True)
class Bar:
    """`text` is what WhatsApp is given: the address, after what the page itself says of it."""

    text: str
    excel: str = ""
    csv: str = ""
    csv_for_excel: str = ""


def bar_of(request: HttpRequest) -> Bar | None:
    """None where the page is not to be shared."""
    match = request.resolver_match
    if match is None or match.view_name not in _PUBLIC or request.method not in {"GET", "HEAD"}:
        return None
    address = request.build_absolute_uri()
    table = _TABLES.get(match.view_name)
    asked = {name: value for name, value in request.GET.items() if value and name not in _NOT_FILTERS}
    if table is None or (table == "services" and "wilayah" not in asked):
        return Bar(address)

    def to(form: str, **more: str) -> str:
        path = reverse(f"exports:{table}", kwargs={**match.kwargs, "form": form})
        query = urlencode({**asked, **more})
        return f"{path}?{query}" if query else path

    return Bar(address, to("xlsx"), to("csv"), to("csv", untuk="excel"))
