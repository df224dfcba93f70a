"""Places: who works where, and where to go for what."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from simpul.interop.writing import Value
from simpul.kernel.actor import Anonymous
from simpul.kernel.time import Zone, local_date
from simpul.organisations.at_work import at_work_since
from simpul.organisations.institutions import Need
from simpul.organisations.queries.counts import count_by_area
from simpul.organisations.queries.presence import Presence, presence_in
from simpul.organisations.queries.service_points import (
    Found,
    service_point_for,
    service_points_for,
    service_points_visible,
)
from simpul.territory.queries import area
from simpul.territory.queries.areas import children
from simpul.web.exports.tables.table import Table, refuse_hidden
from simpul.web.http import Request


def country(_request: Request) -> Table:
    """Of every province what its page and the map say: seated there, and of the listed who was found at work."""
    today = local_date(timezone.now(), Zone.WIB)
    header = [_("Province"), _("Area code"), _("Registered, by seat"), _("Listed there"), _("Found at work in a year")]

    def lines() -> Iterator[Sequence[Value]]:
        provinces = list(children(None))
        seated = count_by_area(Anonymous(), 1)
        there = presence_in(Anonymous(), [a.code for a in provinces], since=at_work_since(today))
        for one in provinces:
            here = there.get(one.code, Presence())
            yield [one.title, one.code, seated.get(one.code, 0), here.listed, here.active]

    return Table(_("Organisations by province"), [], today, header, lines())


def services(request: Request) -> Table:
    """Service points that serve an area and answer a need. A secret address is in no file."""
    code, need = request.GET.get("wilayah", ""), request.GET.get("butuh", "")
    here = area(code)
    today = local_date(timezone.now(), here.zone)
    wanted = need if need in Need.values else None
    found = service_points_for(request.actor, here.code, wanted, today=today)
    filters = [(_("Area"), here.title), *([(_("Helps with"), str(Need(wanted).label))] if wanted else [])]
    lines = (_line(one) for one in found if not one.point.owner_organisation.in_safety_mode)
    return Table(_("Service points"), filters, today, _header(), lines)


def service_point(request: Request, key: UUID) -> Table:
    """One of them, as the list would have it. One whose address is secret is in no file."""
    today = local_date(timezone.now(), Zone.WIB)
    found = service_point_for(request.actor, key, today=today)
    refuse_hidden(found.point.owner_organisation)
    if not service_points_visible(Anonymous()).filter(pk=found.point.pk).exists():
        raise Http404
    return Table(found.point.name, [], today, _header(), [_line(found)])


def _header() -> list[str]:
    return [_("Name"), _("Kind"), _("Helps with"), _("Hotline"), _("WhatsApp"), _("Address"), _("Last checked")]


def _line(one: Found) -> list[Value]:
    return [
        one.point.name,
        str(one.point.get_kind_display()),
        "; ".join(str(Need(code).label) for code in one.point.needs if code in Need.values),
        one.point.hotline,
        one.point.whatsapp,
        one.point.address if one.point.address_public else "",
        one.verified_on,
    ]
