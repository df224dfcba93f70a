"""*Cetak*, *Excel*, *Bagikan ke WhatsApp*: the same bar at the same place under every page that is not confidential.

Only pages named here have it. Pages about people, accounts, rights and acts, forms, and steps on the way to somewhere
have nothing that a button should carry away; nor has any page about an organisation that is hidden for its safety.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from simpul.activities.models import Consultation, LibraryItem, Response
from simpul.organisations.institutions import InstitutionKind
from simpul.organisations.models import Organisation, Programme, ServicePoint

# What anybody may read.
PUBLIC: Final = frozenset(
    {
        "organisations:directory", "organisations:profile", "organisations:work", "organisations:members",
        "organisations:programme", "organisations:relations", "organisations:between", "documents:papers",
        "places:country", "places:area", "places:finder", "places:point", "results:index", "results:figure",
        "territory:holidays", "territory:crosswalks", "deadlines:rules", "responses:index", "responses:response",
        "responses:lines", "responses:line", "responses:needs", "responses:need", "responses:overlaps",
        "responses:reached", "responses:reports", "responses:report", "activities:calendar", "activities:event",
        "activities:series", "outcomes:learners", "counting", "confidentiality", "accessibility",
        "learning:together", "learning:forums", "learning:forum", "learning:results", "learning:consultations",
        "learning:consultation", "learning:library", "learning:item", "learning:edition",
        "data:cases", "data:figure", "data:releases", "data:release", "data:method",
    }
)  # fmt: skip
# What those who keep it read. Whoever is given the address still needs the right to open it.
WORK: Final = frozenset(
    {
        "editing:home", "editing:organisation", "editing:members", "documents:keep", "secretariat:announcements",
        "secretariat:announcement", "secretariat:log", "secretariat:readiness", "secretariat:board", "access:roles",
    }
)  # fmt: skip
# Page -> the table it shows.
TABLES_OF: Final = {
    "organisations:directory": "organisations",
    "organisations:profile": "profile",
    "organisations:members": "members",
    "organisations:relations": "relations",
    "organisations:programme": "programme",
    "places:country": "country",
    "places:area": "area",
    "places:finder": "services",
    "results:index": "figures",
    "results:figure": "figure",
    "secretariat:log": "service-log",
    "secretariat:readiness": "readiness",
    "secretariat:board": "board",
    "secretariat:announcements": "announcements",
    "editing:members": "kept-members",
    "places:point": "service-point",
    "documents:papers": "papers",
    "documents:keep": "kept-papers",
    "territory:holidays": "holidays",
    "territory:crosswalks": "code-changes",
    "deadlines:rules": "deadlines",
    "data:cases": "data-kasus",
    "data:method": "kamus-data-kasus",
    "access:roles": "roles",
    "responses:lines": "response-lines",
    "responses:needs": "response-needs",
}
# How a list is paged or shown is no filter of it.
_NOT_FILTERS: Final = frozenset({"setelah", "tampilan", "saring", "buka", "hal"})


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
    if match is None or match.view_name not in PUBLIC | WORK or request.method not in {"GET", "HEAD"}:
        return None
    address = request.build_absolute_uri()
    table = TABLES_OF.get(match.view_name)
    asked = {name: value for name, value in request.GET.items() if value and name not in _NOT_FILTERS}
    if table is None or (table == "services" and "wilayah" not in asked):
        return Bar(address)

    def to(form: str, **more: str) -> str:
        path = reverse(f"exports:{table}", kwargs={**match.kwargs, "form": form})
        query = urlencode({**asked, **more})
        return f"{path}?{query}" if query else path

    return Bar(address, to("xlsx"), to("csv"), to("csv", untuk="excel"))


def is_about_hidden(shown: Iterable[object]) -> bool:
    """Whether one of the things that a page was given is, or belongs to, an organisation in safety mode."""
    return any(_is_hidden(thing) for thing in shown)


def _is_hidden(thing: object) -> bool:
    # By type, not isinstance: what is lazy stays unasked.
    if type(thing) is Organisation:
        return thing.in_safety_mode
    if type(thing) is Programme:
        return thing.owner.in_safety_mode
    if type(thing) is Consultation:
        return thing.owner_organisation.in_safety_mode
    if type(thing) is LibraryItem:
        return thing.owner_organisation.in_safety_mode
    if type(thing) is Response:
        return thing.network.in_safety_mode
    if type(thing) is not ServicePoint:
        return False
    return thing.kind == InstitutionKind.SAFE_HOUSE or thing.owner_organisation.in_safety_mode
