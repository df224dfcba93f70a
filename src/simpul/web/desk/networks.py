"""Cards for who serves a network or runs a forum."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from simpul.organisations.admission import ApplicationState
from simpul.organisations.kinds import NETWORKS
from simpul.organisations.queries.applications import open_applications_for
from simpul.organisations.queries.attention import (
    PARTIES,
    AtWork,
    direct_members_at_work,
    kept_at_work,
    memberships_not_agreed,
    parties_missing,
)
from simpul.web.components import Panel, Task, Text, Tone
from simpul.web.desk.due import SHOWN, Desk, Due, at_work_task, number, on_day, way
from simpul.web.joining.panels import TONES, age, waited

PARTY_NAMES: dict[str, Text] = {
    "civil_society": gettext_lazy("Civil society"),
    "government": gettext_lazy("Government"),
    "university": gettext_lazy("Universities"),
    "company": gettext_lazy("Companies"),
    "media": gettext_lazy("Media"),
}


def forum(desk: Desk) -> Iterator[Panel]:
    """Who is in the forum, who was long not heard of, and which party is missing at the table."""
    networks = [row.organisation for row in desk.own if row.organisation.kind in NETWORKS]
    if not networks:
        return
    members = direct_members_at_work(desk.actor, networks, on=desk.today)
    page = way(f"/jejaring/{networks[0].pk}/")
    if not members:
        text = _("Enter the first member: the forum's page then shows who is in it, and since when.")
        yield Due(_("The forum has no members yet"), text, action=_("Open the forum"), href=page).panel(10, "main")
        return
    yield from _silent(desk, members, order=40)
    yield _parties(members)
    title = ngettext("%(n)s member of the forum", "%(n)s members of the forum", len(members))
    awake = [row for row in members if not row.is_due(desk.today)]
    said = ngettext("%(n)s was confirmed active this year.", "%(n)s were confirmed active this year.", len(awake))
    text = said % {"n": number(len(awake))}
    yield Due(title % {"n": number(len(members))}, text, action=_("Open the forum"), href=page).panel(10, "main")


def applications(desk: Desk) -> Iterator[Panel]:
    """Who wants to become a member, the longest waiting first."""
    rows = list(open_applications_for(desk.actor)[: SHOWN + 1])
    if not rows:
        return
    title = ngettext("%(n)s organisation wants to join", "%(n)s organisations want to join", len(rows))
    shown = f"{SHOWN}+" if len(rows) > SHOWN else number(len(rows))
    tasks = [
        Task(
            row.name,
            ApplicationState(row.state).label,
            TONES[row.state],
            reverse("joining:application", args=[row.pk]),
            waited(age(row.received_at, desk.now)),
        )
        for row in rows[:SHOWN]
    ]
    href = reverse("joining:queue", args=[rows[0].network_id])
    yield Due(title % {"n": shown}, rows[0].network.name, tasks, action=_("To the applications"), href=href).panel(20)


def _silent(desk: Desk, members: list[AtWork], *, order: int, href: str = "") -> Iterator[Panel]:
    silent = [row for row in members if row.is_due(desk.today)]
    if not silent:
        return
    title = ngettext(
        "%(n)s member was not confirmed active this year",
        "%(n)s members were not confirmed active this year",
        len(silent),
    )
    silent.sort(key=lambda row: (row.confirmed_on is not None, row.confirmed_on, row.organisation.sort_key))
    tasks = [at_work_task(row, today=desk.today) for row in silent[:SHOWN]]
    text = _("Ask them when you meet. A registered organisation is not yet an active one.")
    action = _("Confirm who is active") if href else ""
    yield Due(title % {"n": number(len(silent))}, text, tasks, len(silent) - len(tasks), action, href).panel(order)


def _parties(members: list[AtWork]) -> Panel:
    missing = set(parties_missing(members))
    tasks = [_party(party, missing) for party in PARTIES]
    if missing:
        names = ", ".join(str(PARTY_NAMES[party]) for party in PARTIES if party in missing)
        return Due(_("Not at the table yet: %(names)s") % {"names": names}, "", tasks).panel(20, "main")
    return Due(_("Every party is at the table"), "", tasks).panel(20, "main")


def _party(party: str, missing: set[str]) -> Task:
    gone = party in missing
    return Task(PARTY_NAMES[party], _("not yet") if gone else _("here"), Tone.WARN if gone else Tone.OK)


def secretariat(desk: Desk) -> Iterator[Panel]:
    """Members nobody has heard of for a year, and those who have not agreed to be members."""
    members = kept_at_work(desk.actor)
    if not members:
        text = _("Enter the network's members: those already in the directory are asked to agree.")
        page = next((way(f"/jejaring/{row.organisation.pk}/") for row in desk.own), "")
        yield Due(_("The network has no members yet"), text, action=_("Open the network"), href=page).panel(10, "main")
    yield from _silent(desk, members, order=40, href=reverse("desk:at-work"))
    yield from _not_agreed(desk)


def _not_agreed(desk: Desk) -> Iterator[Panel]:
    rows = list(memberships_not_agreed(desk.actor, on=desk.today))
    if not rows:
        return
    title = ngettext(
        "%(n)s member has not agreed to the membership yet",
        "%(n)s members have not agreed to the membership yet",
        len(rows),
    )
    text = _("Until they do, you can't keep their profile. Ask their coordinator to open Simpul.")
    tasks = [
        Task(
            row.member.name,
            _("since %(day)s") % {"day": on_day(row.recorded_at.date())},
            Tone.INFO,
            way(f"/jejaring/{row.member.pk}/"),
        )
        for row in rows[:SHOWN]
    ]
    yield Due(title % {"n": number(len(rows))}, text, tasks, len(rows) - len(tasks)).panel(50)
