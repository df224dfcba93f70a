"""Requests and keeping as these pages show them: nobody's name, unless it was asked for."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from simpul.cases.consent_kinds import Capacity
from simpul.cases.queries.rights import RightsRequest
from simpul.cases.rights_kinds import Level, Proof, Refusal, RequestKind
from simpul.kernel.time import Zone
from simpul.web import formats
from simpul.web.cases.desk.panels import zone_at
from simpul.web.components import Row, Task, Text, Tone


def language() -> str:
    return get_language() or "id"


def queue_rows(requests: Iterable[RightsRequest], clocks: Mapping[UUID, Any], *, now: datetime) -> list[Task]:
    return [_queue_row(row, clocks.get(row.pk), now) for row in requests]


def _queue_row(row: RightsRequest, clock: Any, now: datetime) -> Task:
    words, tone = _waiting(row, clock, now)
    asked = formats.moment(row.asked_at, zone_at(row.owner_organisation), language=language())
    hint = " · ".join([row.owner_organisation.name, str(Capacity(row.capacity).label), asked])
    return Task(RequestKind(row.kind).label, words, tone, reverse("rights:one", args=[row.pk]), hint)


def _waiting(row: RightsRequest, clock: Any, now: datetime) -> tuple[Text, Tone]:
    if row.answer:
        return _("Answered"), Tone.OK
    if clock is None:
        return _("Waiting"), Tone.WARN
    left = formats.remaining(clock.due_at, now, language=language())
    return left, Tone.BAD if clock.due_at <= now else Tone.WARN


def clock_rows(clock: Any, zone: Zone, now: datetime) -> list[Row]:
    """The law's own words, and what is left of its time."""
    if clock is None:
        return []
    rule = clock.rule
    stands = f"{rule.basis}" + (f" ({rule.source})" if rule.source else "")
    rows = [Row(rule.what.to(language()), stands)]
    due = formats.moment(clock.due_at, zone, language=language())
    if clock.stopped_at:
        said = formats.moment(clock.stopped_at, zone, language=language())
        return [*rows, Row(_("To be answered by"), due), Row(_("Answered"), said)]
    return [*rows, Row(_("To be answered by"), f"{due} · {formats.remaining(clock.due_at, now, language=language())}")]


def step_tasks(row: RightsRequest, *, does: bool, says_no: bool) -> list[Task]:
    """In this order: who they are, whether there is a file, the answer."""
    if row.answer:
        return []
    done, todo, found = _("Done"), _("To do"), bool(row.case_id or row.entry_id)

    def task(label: Text, name: str, *, is_done: bool, is_open: bool = True, hint: Text = "") -> Task:
        tone = Tone.OK if is_done else Tone.IDLE
        href = reverse(name, args=[row.pk]) if is_open else ""
        return Task(label, done if is_done else todo, tone, href, hint)

    above = _("A request for a child is answered by the supervisor.") if not does else ""
    return [
        task(_("See in person who they are"), "rights:identity", is_done=bool(row.proof), is_open=not row.proof),
        task(_("Look whether there is a file"), "rights:file", is_done=found,
             is_open=not found),
        task(_("Do as they ask"), "rights:grant", is_done=False, is_open=does and found and bool(row.proof),
             hint=above),
        task(_("Or: there is no data that we can give"), "rights:refuse", is_done=False, is_open=says_no),
    ]  # fmt: skip


def request_rows(row: RightsRequest) -> list[Row]:
    rows = [
        Row(_("What do they ask for?"), RequestKind(row.kind).label),
        Row(_("Who asks?"), Capacity(row.capacity).label),
        Row(_("Group"), row.owner_organisation.name),
    ]
    if row.level == Level.SUPERVISOR:
        rows.append(Row(_("Answered by"), _("the supervisor: a parent or guardian asks for a child")))
    if row.proof and row.checked_at:
        seen = formats.moment(row.checked_at, zone_at(row.owner_organisation), language=language())
        rows.append(Row(_("Seen in person"), f"{Proof(row.proof).label} · {row.checked_by or '–'} · {seen}"))
    return rows


def inside_rows(row: RightsRequest) -> list[Row]:
    """What stays inside, once it was answered: for whoever sees its file, or answered."""
    if not row.answer:
        return []
    rows = [Row(_("Answered by"), str(row.answered_by))] if row.answered_by else []
    if row.found_at:
        found = formats.moment(row.found_at, zone_at(row.owner_organisation), language=language())
        rows.append(Row(_("File found"), f"{row.found_by or '–'} · {found}"))
    if row.refusal:
        rows.append(Row(_("Why, for ourselves"), Refusal(row.refusal).label))
        if row.reason:
            rows.append(Row(_("In a few words"), row.reason.open()))
    return rows


def applicant_rows(row: RightsRequest) -> list[Row]:
    opened = {
        _("Their name"): row.applicant.open() if row.applicant else "",
        _("In their own words"): row.words.open() if row.words else "",
    }
    return [Row(label, value) for label, value in opened.items() if value]
