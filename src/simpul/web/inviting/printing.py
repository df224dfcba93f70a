"""The words of these papers, in Indonesian: they go to offices and into files of accounts."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from simpul.activities.models import Event, Invitation, Participant
from simpul.activities.rules.events import require_receiver
from simpul.kernel.actor import Actor
from simpul.kernel.time import local_date
from simpul.organisations.models import Organisation
from simpul.paper.attendance import AttendanceSheet
from simpul.paper.letters import Letter
from simpul.web import formats
from simpul.web.activities.arrivals import from_of, name_of
from simpul.web.activities.rows import event_rows
from simpul.web.http import Request

LANGUAGE: Final = "id"
BLANK: Final = 10  # lines to be filled in by hand, where nobody was noted yet
MOST: Final = 1000


def _head(sender: Organisation) -> list[str]:
    seat = [sender.seat.title] if sender.seat else []
    return [sender.name, *seat] if sender.acronym else seat


def letter_of(request: Request, row: Invitation, code: str, now: datetime) -> Letter:
    """`code`: of the letter, where it is known at this moment; else the letter leads to the page of the event."""
    event, sender = row.event, row.event.owner_organisation
    with override(LANGUAGE):
        about = event_rows([event], local_date(now, event.clock))[0]
        page = reverse("inviting:letter") if code else reverse("activities:event", args=[event.pk])
        address = request.build_absolute_uri(page) + (f"#{code}" if code else "")
        day = formats.day(local_date(now, event.clock), language=LANGUAGE)
        steps = [_("Scan the code, or type the address below."), _("Say whether you come. No account is needed.")]
        return Letter(
            language=LANGUAGE,
            sender=sender.acronym or sender.name,
            sender_lines=_head(sender),
            place_and_day=f"{sender.seat.name}, {day}" if sender.seat else day,
            number=_("Number: ....................."),
            recipient=_("To %(name)s") % {"name": _named(row)},
            title=_("Invitation"),
            paragraphs=[
                _("We invite you to %(title)s.") % {"title": about.title},
                _("When: %(when)s") % {"when": f"{about.weekday}, {about.when}"},
                _("Where: %(place)s") % {"place": about.place or "–"},
                *([event.summary.to(LANGUAGE)] if event.summary else []),
                _("We would be glad if you could come, and are grateful for a word whether you do."),
            ],
            steps=steps,
            address=address,
            address_label=_("Scan to answer"),
            signed=_("With respect, %(group)s") % {"group": sender.name},
            footer=_("The code is for the one invited. It tells nothing of them."),
            stamp=_("stamp"),
        )


def _named(row: Invitation) -> str:
    if row.organisation is not None:
        return row.organisation.name
    name = str(row.name.open()) if row.name else ""
    return f"{name}, {row.office}" if row.office else name


def receipt_of(actor: Actor, event: Event, said: Mapping[str, Any], now: datetime) -> AttendanceSheet:
    """Of who was noted, whichever session they were at; with empty lines where nobody was. For who receives people."""
    require_receiver(actor, event)
    with override(LANGUAGE):
        about = event_rows([event], local_date(now, event.clock))[0]
        amount = formats.number(said["amount"], language=LANGUAGE) if said["amount"] else ""
        people = [] if event.is_sensitive else _who_came(event)
        lines = [(_("Event"), about.title), (_("Day, date"), f"{about.weekday}, {about.when}")]
        lines += [(_("Place"), str(about.place)), (_("Budget"), said["source"])]
        printed = formats.day(local_date(now, event.clock), language=LANGUAGE)
        return AttendanceSheet(
            language=LANGUAGE,
            sender=event.owner_organisation.name,
            sender_lines=_head(event.owner_organisation),
            title=_("Receipt for transport"),
            about=[(label, words) for label, words in lines if words],
            header=[
                _("No."), _("Name"), _("Organisation or group"), _("Comes from"), _("Rupiah"),
                _("Signature or thumbprint"),
            ],
            widths=[0.5, 3, 2.6, 2.2, 1.4, 2.6],
            rows=[(name_of(one), from_of(one), one.area.name if one.area else "", amount) for one in people],
            blank=BLANK if not people else 3,
            note=_("Whoever signs has received the amount beside their name."),
            signers=[_("Paid by"), _("Acknowledged by")],
            stamp=_("stamp"),
            footer=_("Printed on %(day)s · for the organisers; keep it locked away") % {"day": printed},
        )  # fmt: skip


def _who_came(event: Event) -> list[Participant]:
    rows = Participant.objects.filter(event=event, erased_at=None, attendances__undone_at=None)
    rows = rows.filter(attendances__isnull=False).distinct().select_related("organisation", "area")
    return sorted(rows[:MOST], key=lambda one: name_of(one).casefold())
