"""Networks: who is a member, how they are tied, who does what in a programme."""

from collections.abc import Iterator, Sequence
from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from simpul.interop.writing import Value
from simpul.kernel.actor import Actor
from simpul.kernel.time import Zone, local_date
from simpul.organisations.models import Membership, Organisation
from simpul.organisations.queries.listed import direct_networks
from simpul.organisations.queries.networks import member_organisations
from simpul.organisations.queries.profiles import organisation_for
from simpul.organisations.queries.programmes import programme_for, roles_in
from simpul.organisations.queries.relations import ties_through
from simpul.territory.queries import paths_of
from simpul.web.exports.tables.table import CHUNK, MOST, Table, asked, refuse_hidden
from simpul.web.http import Request
from simpul.web.organisations.forms import DayForm, LevelsForm


def members(request: Request, organisation_id: UUID) -> Table:
    """Members of a network through as many levels as the page shows, on its day."""
    network = organisation_for(request.actor, organisation_id)
    refuse_hidden(network)
    form = LevelsForm(request.GET, today=local_date(timezone.now(), Zone.WIB))
    everybody = member_organisations(request.actor, network, on=form.day, levels=form.levels)
    rows = everybody.filter(in_safety_mode=False).select_related("seat")[:MOST]
    header = [_("Name"), _("Short name"), _("Kind"), _("Seat"), _("Area code"), _("Directly in")]
    filters = [(_("Network"), network.name), *asked(form)]
    lines = _member_lines(request.actor, list(rows), form.day)
    return Table(_("Members"), filters, form.day, header, lines)


def _member_lines(actor: Actor, rows: Sequence[Organisation], day: date) -> Iterator[list[Value]]:
    for start in range(0, len(rows), CHUNK):
        batch = rows[start : start + CHUNK]
        ways = direct_networks(actor, [o.pk for o in batch], on=day)
        paths = paths_of([o.seat for o in batch if o.seat])
        for row in batch:
            through = "; ".join(n.name for n in ways.get(row.pk, []) if not n.in_safety_mode)
            kind = str(row.get_kind_display())
            yield [row.name, row.acronym, kind, paths.get(row.seat_id or "", ""), row.seat_id or "", through]


def relations(request: Request, organisation_id: UUID) -> Table:
    """The table behind the drawing, on its day and through as many levels."""
    found = organisation_for(request.actor, organisation_id)
    refuse_hidden(found)
    form = LevelsForm(request.GET, today=local_date(timezone.now(), Zone.WIB))
    ties = ties_through(request.actor, found, on=form.day, levels=form.levels).rows
    header = [_("Member"), _("Network"), _("As"), _("Confirmed by the member"), _("From"), _("Until")]
    shown = [tie for tie in ties if not (tie.member.in_safety_mode or tie.network.in_safety_mode)]
    filters = [(_("Organisation"), found.name), *asked(form)]
    return Table(_("Relations"), filters, form.day, header, map(_tie, shown))


def _tie(row: Membership) -> Sequence[Value]:
    role, sure = str(row.get_role_display()), _("yes") if row.is_confirmed else _("not yet")
    return [row.member.name, row.network.name, role, sure, row.valid_from, row.valid_until]


def programme(request: Request, programme_id: UUID) -> Table:
    """Who does what in a programme, in all its time."""
    found = programme_for(request.actor, programme_id)
    refuse_hidden(found.owner)
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
