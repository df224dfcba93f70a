"""Complaints as the desk shows them. In lists neither a name nor a word of what was told."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from simpul.cases.complaint_kinds import Side
from simpul.cases.kinds import CASE_TYPES
from simpul.cases.queries.complaints import OneComplaint
from simpul.web.components import Row, Task, Text, Tone


def tasks_of(rows: Sequence[OneComplaint], *, decided: bool, now: datetime) -> list[Task]:
    return [_task(row, decided=decided, now=now) for row in rows]


def _task(row: OneComplaint, *, decided: bool, now: datetime) -> Task:
    status, tone = _status(row, decided=decided)
    hint = " · ".join(part for part in (row.area.title if row.area else "", _waited(row, now)) if part)
    return Task(row.get_matter_display(), status, tone, reverse("inbox:complaint", args=[row.pk]), hint)


def _status(row: OneComplaint, *, decided: bool) -> tuple[Text, Tone]:
    if decided:
        return row.decision.get_verdict_display(), Tone.OK
    if row.read_at is None:
        return _("Not read yet"), Tone.BAD
    last = getattr(row, "last_side", None)
    if last and last != Side.DESK:
        return _("They have written"), Tone.WARN
    return (_("Answered"), Tone.INFO) if last else (_("Read"), Tone.WARN)


def _waited(row: OneComplaint, now: datetime) -> str:
    days = (now - row.received_at).days
    return _("today") if days == 0 else _("%(days)s days ago") % {"days": days}


def report_rows(row: OneComplaint) -> list[Row]:
    """How it came, and whom it is about: no name yet."""
    return [
        Row(_("Where"), row.area.title if row.area else _("Not said")),
        Row(_("What is it about?"), row.get_matter_display()),
        Row(_("Who is the complaint about?"), row.get_about_display()),
        Row(_("Reported by"), row.get_reported_by_display()),
        Row(_("What they are to the person"), row.get_relation_display()),
        Row(_("How it reached us"), row.get_channel_display()),
    ]


def contact_rows(row: OneComplaint) -> list[Row]:
    """How they may be reached: what was said first, then the number. Shown on the page of one complaint alone."""
    said: dict[str, Any] = row.contact.open() if row.contact else {}
    rows = [Row(_("May we contact them?"), row.get_wish_display())]
    asked = (
        ("safe_to_call", _("Safe to call")),
        ("hours", _("Safe hours")),
        ("may_leave_message", _("May we leave a message?")),
        ("via", _("Through whom")),
        ("phone", _("Telephone number")),
        ("name", _("What we may call them")),
    )
    return rows + [Row(label, _yes_no(said[name])) for name, label in asked if said.get(name)]


def types_like(matter: str) -> list[str]:
    """The only type of what was told, where there is only one: the rest is for who reads it to choose."""
    return [matter] if matter in CASE_TYPES else []


def hidden_rows(row: OneComplaint) -> list[Row]:
    """Whom it is about and whom it is kept from, by name: for who leads."""
    named = ((_("Their name"), row.named), (_("Must not learn of it"), row.hidden_from))
    return [Row(label, sealed.open()) for label, sealed in named if sealed]


def _yes_no(said: str) -> Text:
    return {"yes": _("Yes"), "no": _("No")}.get(said, said)
