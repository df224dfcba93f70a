"""What a secretariat keeps of its own work: for those who keep the network, and nobody else."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import cast
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from simpul.interop.writing import Value
from simpul.kernel.localized import LocalizedText
from simpul.kernel.time import Zone, local_date
from simpul.organisations.queries.announcements import announcements_for
from simpul.organisations.queries.board import board_of
from simpul.organisations.queries.membership_life import standings_in
from simpul.organisations.queries.profiles import organisation_for
from simpul.organisations.queries.readiness import ways_in
from simpul.organisations.queries.service_records import services_for
from simpul.organisations.secretariat import MANAGE
from simpul.web.editing.entry import entry
from simpul.web.exports.tables.table import MOST, Table, refuse_hidden
from simpul.web.http import Request
from simpul.web.secretariat.forms import PeriodForm, year_of
from simpul.web.templatetags.formats import in_language

MEMBERS = "membership.manage"


def service_log(request: Request, key: UUID) -> Table:
    """One year of it, a service a line."""
    network = entry(request, key, MANAGE)
    refuse_hidden(network)
    today = local_date(timezone.now(), Zone.WIB)
    year = year_of(PeriodForm(request.GET), today)
    found = services_for(request.actor, network, since=date(year, 1, 1), until=date(year + 1, 1, 1))[:MOST]
    header = [_("Day"), _("Service"), _("Outcome"), _("For whom"), _("In short")]

    def lines() -> Iterator[Sequence[Value]]:
        for one in found:
            served = [s.organisation for s in one.served.all()]
            whom = "; ".join(o.name for o in served if not o.in_safety_mode)
            whom = _("all members") if one.for_all else whom
            yield [one.served_on, str(one.get_kind_display()), str(one.get_outcome_display()), whom, one.summary]

    filters = [(_("Network"), network.name), (_("Year"), str(year))]
    return Table(_("Service log"), filters, today, header, lines(), is_open=False)


def readiness(request: Request, key: UUID) -> Table:
    """Whom the network has seen reach which stage, a stage a line."""
    network = entry(request, key, MANAGE)
    refuse_hidden(network)
    today = local_date(timezone.now(), Zone.WIB)
    ways = [w for w in ways_in(request.actor, network, on=today) if not w.organisation.in_safety_mode]
    header = [_("Member"), _("Stage"), _("On"), _("Where this can be seen"), _("Network formed")]

    def lines() -> Iterator[Sequence[Value]]:
        for way in ways:
            for one in way.records:
                formed = one.formed.name if one.formed and not one.formed.in_safety_mode else ""
                yield [way.organisation.name, str(one.get_stage_display()), one.reached_on, one.evidence, formed]

    return Table(_("Readiness"), [(_("Network"), network.name)], today, header, lines(), is_open=False)


def kept_members(request: Request, key: UUID) -> Table:
    """The members of a network with their standing; of a group there are none, and its table is empty."""
    network = entry(request, key, MEMBERS)
    refuse_hidden(network)
    today = local_date(timezone.now(), Zone.WIB)
    found = [one for one in standings_in(request.actor, network, on=today, limit=MOST) if not one.member.in_safety_mode]
    header = [_("Member"), _("Standing"), _("Member since"), _("Last found at work")]

    def lines() -> Iterator[Sequence[Value]]:
        for one in found:
            standing = str(one.standing.label) if one.standing else _("has not agreed yet")
            yield [one.member.name, standing, one.membership.valid_from, one.vouched_on]

    return Table(_("Members"), [(_("Network"), network.name)], today, header, lines(), is_open=False)


def board(request: Request, key: UUID) -> Table:
    """What is offered and needed; how to reach whom is told between the two sides alone."""
    network = organisation_for(request.actor, key)
    refuse_hidden(network)
    today = local_date(timezone.now(), Zone.WIB)
    found = [row for row in board_of(request.actor, network, on=today) if not row.organisation.in_safety_mode]
    header = [_("Side"), _("Kind"), _("In short"), _("Text"), _("Organisation"), _("Since"), _("Until")]

    def lines() -> Iterator[Sequence[Value]]:
        for row in found:
            kind, since = str(row.get_kind_display()), row.posted_on
            yield [str(row.get_side_display()), kind, row.title, row.text, row.organisation.name, since, row.until]

    return Table(_("Needs and offers"), [(_("Network"), network.name)], today, header, lines(), is_open=False)


def announcements(request: Request, key: UUID) -> Table:
    """What was announced, and how many have read it: not who."""
    network = entry(request, key, MANAGE)
    refuse_hidden(network)
    header = [_("Day"), _("Title"), _("Version"), _("Sent to"), _("Read by")]

    def lines() -> Iterator[Sequence[Value]]:
        for one in announcements_for(request.actor, network):
            title = in_language(cast(LocalizedText, one.title))
            yield [local_date(one.announcement.announced_at, Zone.WIB), title, one.number, one.sent, one.read]

    today = local_date(timezone.now(), Zone.WIB)
    return Table(_("Announcements"), [(_("Network"), network.name)], today, header, lines(), is_open=False)
