"""Organisations: the directory as it is filtered, an area of it, and what one of them tells everybody."""

import html
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice
from typing import Final
from uuid import UUID

from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from simpul.interop.writing import Value
from simpul.kernel.actor import Actor, Anonymous
from simpul.kernel.time import Zone, local_date
from simpul.organisations.models import Organisation
from simpul.organisations.queries.directory import Search
from simpul.organisations.queries.directory import directory as search_directory
from simpul.organisations.queries.listed import beside
from simpul.organisations.queries.profiles import organisation_for, profile_for
from simpul.organisations.sectors import Sector
from simpul.organisations.visibility import FIELDS, Audience, audience_of
from simpul.territory.queries import area, paths_of
from simpul.web.exports.tables.table import CHUNK, MOST, Table, asked, refuse_hidden
from simpul.web.http import Request
from simpul.web.organisations.facts import groups
from simpul.web.organisations.forms import DirectoryForm

_PUBLIC: Final = ("address", "phone", "email", "website")


def _today() -> date:
    return local_date(timezone.now(), Zone.WIB)


def organisations(request: Request) -> Table:
    """The directory as it is filtered; an area's page is the directory of that area."""
    form = DirectoryForm(request.GET, networks=[])
    search = form.search(_today())
    found = _directory(request.actor, search)
    return Table(_("Organisations"), asked(form), _today(), _heads(), _lines(found))


def _directory(actor: Actor, search: Search) -> Iterator[Organisation]:
    after, left = "", MOST
    while left > 0:
        page = search_directory(actor, search, after=after, limit=min(CHUNK, left))
        yield from (row for row in page.rows if not row.in_safety_mode)
        left -= len(page.rows)
        after = page.next
        if not after:
            return


def _heads() -> list[str]:
    fixed = [_("Name"), _("Short name"), _("Kind"), _("Seat"), _("Area code"), _("Last confirmed active")]
    return [*fixed, *(str(FIELDS[field].label) for field in _PUBLIC), str(FIELDS["sectors"].label)]


def _lines(found: Iterable[Organisation]) -> Iterator[list[Value]]:
    rows = iter(found)
    while batch := list(islice(rows, CHUNK)):
        paths = paths_of([o.seat for o in batch if o.seat])
        seen = beside(batch)
        for row in batch:
            yield [
                row.name,
                row.acronym,
                str(row.get_kind_display()),
                paths.get(row.seat_id or "", ""),
                row.seat_id or "",
                seen[row.pk].last_confirmed,
                *(_public(row, field) for field in _PUBLIC),
                "; ".join(str(Sector(code).label) for code in row.sectors if _is_public(row, "sectors")),
            ]


def _is_public(row: Organisation, field: str) -> bool:
    return audience_of(field, row.kind, row.field_audiences) == Audience.PUBLIC


def _public(row: Organisation, field: str) -> str:
    """What everybody sees, whoever asks: a file travels further than a page."""
    return str(getattr(row, field)) if _is_public(row, field) else ""


def area_organisations(request: Request, code: str) -> Table:
    here = area(code)
    found = _directory(request.actor, Search(area_code=here.code))
    return Table(_("Organisations"), [(_("Area"), here.title)], _today(), _heads(), _lines(found))


def profile(request: Request, organisation_id: UUID) -> Table:
    """What it tells everybody, whoever asks."""
    found = organisation_for(request.actor, organisation_id)
    refuse_hidden(found)
    header = [_("What"), _("What it says")]
    return Table(found.name, [(_("Organisation"), found.name)], _today(), header, _told(found))


def _told(row: Organisation) -> Iterator[Sequence[Value]]:
    seen = profile_for(Anonymous(), row)
    seat = paths_of([row.seat]).get(row.seat_id or "", "") if row.seat else ""
    yield from [[_("Name"), row.name], [_("Short name"), row.acronym], [_("Kind"), str(row.get_kind_display())]]
    yield from [[_("Seat"), seat], [_("Area code"), row.seat_id or ""]]
    if description := seen.get("description"):
        yield [str(FIELDS["description"].label), description.to(get_language() or "id")]
    for group in groups(seen):
        for fact in group.rows:
            several = str(fact.value).replace("</span><span>", "; ")
            yield [str(fact.label), html.unescape(strip_tags(several))]
