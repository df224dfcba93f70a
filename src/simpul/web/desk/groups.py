"""Cards for who works in, leads or accompanies a group."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from simpul.access.models import Grant
from simpul.access.queries import Entry, Volunteer, coordinators_beside, ending_for, volunteers_for
from simpul.organisations.kinds import NETWORKS
from simpul.organisations.queries.attention import AtWork, kept_at_work, memberships_to_agree
from simpul.web.access.panels import label_of
from simpul.web.components import Panel, Task, Tone
from simpul.web.desk.due import SHOWN, Desk, Due, at_work_task, last_said, number, on_day, way

SOON_DAYS = 30
ANNOUNCEMENTS = "announcements"


def my_group(desk: Desk) -> Iterator[Panel]:
    """Where a volunteer belongs and whom they ask."""
    names: dict[object, list[str]] = {}
    for grant in coordinators_beside(desk.actor, on=desk.today):
        names.setdefault(grant.organisation_id, []).append(grant.person.name)
    for row in desk.own:
        leads = ", ".join(names.get(row.organisation.pk, []))
        asked = _("Your coordinator: %(names)s. Ask them when you are in doubt.") % {"names": leads}
        text = asked if leads else _("Your group has no coordinator on Simpul yet. Its supervisor can appoint one.")
        page = way(f"/jejaring/{row.organisation.pk}/")
        yield Due(row.organisation.name, text, action=_("See the group"), href=page).panel(10, "main")


def my_organisation(desk: Desk) -> Iterator[Panel]:
    """Where one works: the way to its page."""
    for row in desk.own:
        page = way(f"/jejaring/{row.organisation.pk}/")
        yield Due(row.organisation.name, last_said(row), action=_("See its page"), href=page).panel(10, "main")


def confirm_own(desk: Desk) -> Iterator[Panel]:
    """An organisation's own people say once a year that it is at work."""
    for row in desk.own:
        if not row.is_due(desk.today) or not desk.actor.may_at("organisation.edit", row.organisation.pk):
            continue
        title = _("Is %(name)s still at work?") % {"name": row.organisation.name}
        href = f"{reverse('editing:active', args=[row.organisation.pk])}?dari=beranda"
        yield Due(title, _last(row), action=_("Yes, it is still active"), href=href, post=True).panel(40)


def _last(row: AtWork) -> str:
    if row.confirmed_on is None:
        return _("Nobody has confirmed it yet. Others see that until you do.")
    said = _("Last confirmed %(day)s. After a year others see that nobody has said so since.")
    return said % {"day": on_day(row.confirmed_on)}


def agree_memberships(desk: Desk) -> Iterator[Panel]:
    """A network says we are in it: nothing of the network's reaches us before we agree."""
    for row in memberships_to_agree(desk.actor, on=desk.today)[:SHOWN]:
        title = _("%(network)s says that %(member)s is its member") % {
            "network": row.network.name,
            "member": row.member.name,
        }
        text = _("If you agree, its secretariat may keep your organisation's public profile. It never sees cases.")
        href = reverse("editing:membership-agree", args=[row.pk])
        yield Due(title, text, action=_("Are we? Answer"), href=href).panel(30)


def volunteers(desk: Desk) -> Iterator[Panel]:
    """Who has yet to come in waits; the whole group is below."""
    rows = volunteers_for(desk.actor, now=desk.now)
    outside = [row for row in rows if row.entry is not Entry.IN]
    enrol = reverse("access:enrol")
    if outside:
        title = ngettext("%(n)s volunteer can't sign in yet", "%(n)s volunteers can't sign in yet", len(outside))
        text = _("Sit beside them and let their phone read a code: it takes a minute.")
        tasks = [_volunteer_task(row) for row in outside[:SHOWN]]
        rest = len(outside) - len(tasks)
        yield Due(title % {"n": number(len(outside))}, text, tasks, rest, _("Show a code"), enrol).panel(25)
    inside = [row for row in rows if row.entry is Entry.IN]
    if not rows:
        text = _("Let your first volunteer in with a QR code. They need no e-mail address and no phone number.")
        yield Due(_("Nobody but you yet"), text, action=_("Enrol a volunteer"), href=enrol).panel(15, "main")
    elif inside:
        title = ngettext("%(n)s person works with you", "%(n)s people work with you", len(inside))
        tasks = [_volunteer_task(row) for row in inside[:SHOWN]]
        rest = len(inside) - len(tasks)
        yield Due(title % {"n": number(len(inside))}, "", tasks, rest, _("Enrol a volunteer"), enrol).panel(15, "main")


def _volunteer_task(row: Volunteer) -> Task:
    words, tone = {
        Entry.NO_ACCOUNT: (_("no account"), Tone.IDLE),
        Entry.CODE_OPEN: (_("code waits to be read"), Tone.INFO),
        Entry.CODE_OVER: (_("code has run out"), Tone.WARN),
        Entry.IN: (_("signed in"), Tone.OK),
    }[row.entry]
    return Task(str(row.person), words, tone, reverse("people:person", args=[row.person.pk]))


def ending_roles(desk: Desk) -> Iterator[Panel]:
    """Roles about to end, so that nobody stands before a closed door."""
    rows = list(ending_for(desk.actor, on=desk.today, days=SOON_DAYS)[: SHOWN + 1])
    if not rows:
        return
    title = _("Roles that end within %(n)s days") % {"n": number(SOON_DAYS)}
    tasks = [
        Task(
            f"{row.person}: {label_of(row.role)}",
            _("last day %(day)s") % {"day": on_day(last_day(row))},
            Tone.WARN,
            reverse("access:grant", args=[row.pk]),
        )
        for row in rows[:SHOWN]
    ]
    text = _("Give the role again where the work goes on.")
    yield Due(title, text, tasks, len(rows) - len(tasks), _("See all roles"), reverse("access:grants")).panel(35)


def last_day(grant: Grant) -> date:
    """`valid_until` is the first day it no longer holds."""
    return (grant.valid_until or date.max) - timedelta(days=1)


def accompanied(desk: Desk) -> Iterator[Panel]:
    """The groups one accompanies, the longest silent first."""
    rows = [row for row in kept_at_work(desk.actor) if row.organisation.kind not in NETWORKS]
    if not rows:
        text = _("A group appears here once its coordinator, or the platform's operator, enters that you accompany it.")
        yield Due(_("You accompany no group yet"), text).panel(10, "main")
        return
    silent = [row for row in rows if row.is_due(desk.today)]
    if silent:
        title = ngettext(
            "%(n)s group was not confirmed active for a year",
            "%(n)s groups were not confirmed active for a year",
            len(silent),
        )
        text = _("Call or visit them, then confirm it.")
        yield _groups(desk, title % {"n": number(len(silent))}, silent, text).panel(40)
    awake = [row for row in rows if not row.is_due(desk.today)]
    if awake:
        title = ngettext("%(n)s group is at work", "%(n)s groups are at work", len(awake))
        yield _groups(desk, title % {"n": number(len(awake))}, awake).panel(15, "main")


def _groups(desk: Desk, title: str, rows: list[AtWork], text: str = "") -> Due:
    tasks = [at_work_task(row, today=desk.today) for row in rows[:SHOWN]]
    silent = rows[0].is_due(desk.today)
    action, href = (_("Confirm who is active"), reverse("desk:at-work")) if silent else ("", "")
    return Due(title, text, tasks, len(rows) - len(tasks), action, href)


def unread_announcements(desk: Desk) -> Iterator[Panel]:
    """What a network told its members and nobody of the reader's organisation has opened."""
    if not (count := desk.request.tally.get(ANNOUNCEMENTS, 0)):
        return
    title = ngettext("%(n)s announcement of your network", "%(n)s announcements of your network", count)
    text = _("One of you says that it was read; the secretariat then knows.")
    href = reverse("secretariat:inbox")
    yield Due(title % {"n": number(count)}, text, action=_("Read it now"), href=href).panel(25)
