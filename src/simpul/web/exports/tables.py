"""What each list gives away: what anybody may see of it, by the page's own filters. Nobody in safety mode."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any, Final
from uuid import UUID

from django.http import Http404
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from simpul.interop.writing import Value
from simpul.kernel.actor import Actor
from simpul.kernel.time import Zone, local_date
from simpul.organisations.institutions import Need
from simpul.organisations.models import Organisation
from simpul.organisations.queries.directory import Search, directory
from simpul.organisations.queries.listed import beside, direct_networks
from simpul.organisations.queries.networks import member_organisations
from simpul.organisations.queries.profiles import organisation_for
from simpul.organisations.queries.programmes import programme_for, roles_in
from simpul.organisations.queries.service_points import service_points_for
from simpul.organisations.sectors import Sector
from simpul.organisations.visibility import FIELDS, Audience, audience_of
from simpul.results.queries import evaluate, indicator, page_of, part_of
from simpul.territory.queries import area, paths_of
from simpul.web.http import Request
from simpul.web.organisations.forms import DayForm, DirectoryForm, LevelsForm
from simpul.web.results.forms import Asked, AskForm, question_from

MOST: Final = 50_000
_CHUNK: Final = 500
_PUBLIC: Final = ("address", "phone", "email", "website")


@dataclass(frozen=True, slots=True)
class Table:
    """`filters`: what the page was asked, in words; `as_of`: the day it is true of."""

    title: str
    filters: Sequence[tuple[str, str]]
    as_of: date
    header: Sequence[str]
    rows: Iterable[Sequence[Value]]


Make = Callable[..., Table]


def organisations(request: Request) -> Table:
    """The directory as it is filtered; an area's page is the directory of that area."""
    today = local_date(timezone.now(), Zone.WIB)
    form = DirectoryForm(request.GET, networks=[])
    search = form.search(today)
    found = _directory(request.actor, search)
    return Table(_("Organisations"), _asked(form), today, _heads(), _lines(found))


def _directory(actor: Actor, search: Search) -> Iterator[Organisation]:
    after, left = "", MOST
    while left > 0:
        page = directory(actor, search, after=after, limit=min(_CHUNK, left))
        yield from (row for row in page.rows if not row.in_safety_mode)
        left -= len(page.rows)
        after = page.next
        if not after:
            return


def _asked(form: Any) -> list[tuple[str, str]]:
    """The filters that narrow something, as the page words them."""
    told = []
    for name, value in form.cleaned_data.items():
        if value in (None, ""):
            continue
        choices = {str(code): str(label) for code, label in getattr(form.fields[name], "choices", ())}
        told.append((str(form.fields[name].label), choices.get(str(value), str(value))))
    return told


def _heads() -> list[str]:
    fixed = [_("Name"), _("Short name"), _("Kind"), _("Seat"), _("Area code"), _("Last confirmed active")]
    return [*fixed, *(str(FIELDS[field].label) for field in _PUBLIC), str(FIELDS["sectors"].label)]


def _lines(found: Iterable[Organisation]) -> Iterator[list[Value]]:
    rows = iter(found)
    while batch := list(islice(rows, _CHUNK)):
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
    today = local_date(timezone.now(), Zone.WIB)
    found = _directory(request.actor, Search(area_code=here.code))
    return Table(_("Organisations"), [(_("Area"), here.title)], today, _heads(), _lines(found))


def members(request: Request, organisation_id: UUID) -> Table:
    """Members of a network through as many levels as the page shows, on its day."""
    network = organisation_for(request.actor, organisation_id)
    _refuse_hidden(network)
    form = LevelsForm(request.GET, today=local_date(timezone.now(), Zone.WIB))
    everybody = member_organisations(request.actor, network, on=form.day, levels=form.levels)
    rows = everybody.filter(in_safety_mode=False).select_related("seat")[:MOST]
    header = [_("Name"), _("Short name"), _("Kind"), _("Seat"), _("Area code"), _("Directly in")]
    filters = [(_("Network"), network.name), *_asked(form)]
    lines = _member_lines(request.actor, list(rows), form.day)
    return Table(_("Members"), filters, form.day, header, lines)


def _member_lines(actor: Actor, rows: Sequence[Organisation], day: date) -> Iterator[list[Value]]:
    for start in range(0, len(rows), _CHUNK):
        batch = rows[start : start + _CHUNK]
        ways = direct_networks(actor, [o.pk for o in batch], on=day)
        paths = paths_of([o.seat for o in batch if o.seat])
        for row in batch:
            through = "; ".join(n.name for n in ways.get(row.pk, []) if not n.in_safety_mode)
            kind = str(row.get_kind_display())
            yield [row.name, row.acronym, kind, paths.get(row.seat_id or "", ""), row.seat_id or "", through]


def _refuse_hidden(row: Organisation) -> None:
    """Its own people see its page; no file of it leaves."""
    if row.in_safety_mode:
        raise Http404


def programme(request: Request, programme_id: UUID) -> Table:
    """Who does what in a programme, in all its time."""
    found = programme_for(request.actor, programme_id)
    _refuse_hidden(found.owner)
    form = DayForm(request.GET, today=local_date(timezone.now(), Zone.WIB))
    roles = [r for r in roles_in(request.actor, found) if not r.organisation.in_safety_mode]
    header = [_("Organisation"), _("Role"), _("Area"), _("Area code"), _("From"), _("Until")]
    lines = (
        [
            role.organisation.name,
            str(role.get_role_display()),
            role.area.title if role.area else "",
            role.area_id or "",
            role.valid_from,
            role.valid_until,
        ]
        for role in roles
    )
    return Table(
        str(found),
        [(_("Programme"), found.name.to(get_language() or "id") if found.name else str(found))],
        form.day,
        header,
        lines,
    )


def services(request: Request) -> Table:
    """Service points that serve an area and answer a need. A secret address is in no file."""
    code, need = request.GET.get("wilayah", ""), request.GET.get("butuh", "")
    here = area(code)
    today = local_date(timezone.now(), here.zone)
    wanted = need if need in Need.values else None
    found = service_points_for(request.actor, here.code, wanted, today=today)
    header = [_("Name"), _("Kind"), _("Helps with"), _("Hotline"), _("WhatsApp"), _("Address"), _("Last checked")]
    filters = [(_("Area"), here.title), *([(_("Helps with"), str(Need(wanted).label))] if wanted else [])]
    lines = (
        [
            one.point.name,
            str(one.point.get_kind_display()),
            "; ".join(str(Need(code).label) for code in one.point.needs if code in Need.values),
            one.point.hotline,
            one.point.whatsapp,
            one.point.address if one.point.address_public else "",
            one.verified_on,
        ]
        for one in found
        if not one.point.owner_organisation.in_safety_mode
    )
    return Table(_("Service points"), filters, today, header, lines)


def figure(request: Request, code: str) -> Table:
    """The records behind a figure, narrowed as the page is."""
    today = local_date(timezone.now(), Zone.WIB)
    evaluation = evaluate(indicator(code), question_from(AskForm(request.GET or None), request.actor, today))
    asked, language = Asked.read(request.GET), get_language() or "id"
    part = part_of(evaluation.indicator, asked.part)
    header = [_("Record behind the figure"), _("Place or period")]
    filters = [
        (_("Figure"), part.name.to(language)),
        (_("About"), evaluation.about.to(language)),
        (_("Definition"), f"{code} v{evaluation.indicator.version}"),
    ]
    lines = _records(part.source(evaluation.question), asked)
    return Table(part.name.to(language), filters, evaluation.question.as_of, header, lines)


def _records(source: Any, asked: Asked) -> Iterator[Sequence[Value]]:
    after, left = None, MOST
    while left > 0:
        page = page_of(source, where=asked.where, after=after)
        yield from ((row.title, row.note) for row in page.rows)
        left -= len(page.rows)
        after = page.next_after
        if after is None:
            return


# Name of the address -> how its table is made; `bar.EXPORTS` says which pages lead here.
TABLES: Final[Mapping[str, Make]] = {
    "organisations": organisations,
    "area": area_organisations,
    "members": members,
    "programme": programme,
    "services": services,
    "figure": figure,
}
