"""Cards for who keeps what the public reads: service points, and an organisation's profile."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from simpul.organisations.models import Organisation
from simpul.organisations.queries.service_points import Found, service_points_for
from simpul.web.components import Panel, Task, Tone
from simpul.web.desk.due import SHOWN, Desk, Due, number, on_day, way


def nothing_to_check(_desk: Desk) -> Iterator[Panel]:
    """What keeping entries means, while none waits (web.places says which do)."""
    text = _(
        "An entry you keep appears here when nobody has checked it for half a year. When hours or numbers change, "
        "change them at once."
    )
    yield Due(_("No service point waits to be checked"), text).panel(20, "idle")


def points_nearby(desk: Desk) -> Iterator[Panel]:
    """Where one can bring somebody, the nearest first, and how sure we are of it."""
    seat = next((row.organisation.seat for row in desk.own if row.organisation.seat), None)
    if seat is None:
        return
    found = service_points_for(desk.actor, seat.code, today=desk.today)
    if not found:
        text = _("Nobody has entered a service that reaches your village. Tell your coordinator which ones you know.")
        yield Due(_("No service near %(place)s yet") % {"place": seat.title}, text).panel(30, "main")
        return
    tasks = [_nearby(row) for row in found[:SHOWN]]
    title = _("Services near %(place)s") % {"place": seat.title}
    more, place = len(found) - len(tasks), way(f"/wilayah/{seat.code}/")
    stale = sum(1 for row in found if row.is_stale)
    words = ngettext(
        "%(n)s was not checked for half a year: call before you go.",
        "%(n)s were not checked for half a year: call before you go.",
        stale,
    )
    text = words % {"n": number(stale)} if stale else ""
    yield Due(title, text, tasks, more, _("All services here"), place).panel(30, "main")


def _nearby(row: Found) -> Task:
    if row.verified_on is None:
        word, tone = _("never checked"), Tone.IDLE
    else:
        word, tone = _("checked %(day)s") % {"day": on_day(row.verified_on)}, Tone.WARN if row.is_stale else Tone.OK
    return Task(row.point.name, word, tone, way(f"/layanan/{row.point.pk}/"), row.point.hotline)


def profile_gaps(desk: Desk) -> Iterator[Panel]:
    """What a reader misses in the organisation's profile."""
    for row in desk.own:
        one = row.organisation
        if not desk.actor.may_at("organisation.edit", one.pk):
            continue
        missing = [words for words, there in _wanted(one) if not there]
        page = reverse("editing:organisation", args=[one.pk])
        if not missing:
            text = _("Read it once more as somebody who doesn't know you would.")
            yield Due(_("The profile says all it should"), text, action=_("Read it"), href=page).panel(20, "idle")
            continue
        title = _("The profile of %(name)s leaves questions open") % {"name": one.name}
        tasks = [Task(words, _("missing"), Tone.WARN) for words in missing]
        text = _("People decide by it whether to come to you.")
        yield Due(title, text, tasks, action=_("Complete the profile"), href=page).panel(40)


def _wanted(one: Organisation) -> list[tuple[str, bool]]:
    return [
        (_("What you do, in a few sentences"), bool(one.description)),
        (_("The fields you work in"), bool(one.sectors)),
        (_("How to reach you: a number or an e-mail address"), bool(one.phone or one.whatsapp or one.email)),
        (_("Where you are"), bool(one.seat_id)),
    ]
