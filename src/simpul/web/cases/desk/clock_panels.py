"""What has to happen next in a case, and what stands still while one waits for the person."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from simpul.cases.dues import POLICE
from simpul.cases.pausing import PauseReason
from simpul.cases.queries.cases import Case
from simpul.cases.service_kinds import ServiceKind
from simpul.deadlines.units import Binding
from simpul.web import formats
from simpul.web.cases.desk.panels import language, zone_of
from simpul.web.components import Row


def due_rows(
    case: Case, needs: Iterable[Any], clocks: Iterable[Any], rights: Mapping[str, bool], *, now: datetime
) -> list[Row]:
    """The clocks that run, the law's own decision once it is taken, and what is needed by when."""
    records, coordinates = rights["may_record"], rights["may_coordinate"]
    rows = [
        _clock(case, clock, now=now, records=records, coordinates=coordinates) for clock in clocks if clock.is_running
    ]
    return [*rows, *_decided(case, coordinates=coordinates), *_needs(needs)]


def _clock(case: Case, clock: Any, *, now: datetime, records: bool, coordinates: bool) -> Row:
    what = clock.rule.what.to(language())
    label = f"{clock.office}: {what}" if clock.office else what
    if clock.paused_at:
        told = {
            "why": PauseReason(clock.why).label,
            "day": formats.moment(clock.paused_at, zone_of(case), language=language()),
        }
        value = _("stands still since %(day)s: %(why)s") % told
    else:
        value = formats.remaining(clock.due_at, now, language=language())
    # A line each: by when, what to do, whether it binds.
    more = [clock.rule.hint.to(language()) if clock.rule.hint else ""]
    more += [str(Binding(clock.rule.binding).label)] if clock.code == POLICE else []
    value = "\n".join(filter(None, [value, *more]))
    href, change = "", ""
    if clock.code == POLICE and coordinates:
        href, change = reverse("cases:police", args=[case.pk]), _("Note the decision")
    elif records and (clock.paused_at or (clock.rule.may_pause and clock.due_at > now)):
        href = reverse("cases:pause", args=[case.pk, clock.pk])
        change = _("It goes on") if clock.paused_at else _("We wait for the person")
    return Row(label, value, href, change)


def _decided(case: Case, *, coordinates: bool) -> list[Row]:
    """The last word about the police; the person may change their mind, the clock does not run again for it."""
    at = getattr(case, "police_at", None)
    if at is None:
        return []
    word = _("Report it") if getattr(case, "police_reports", False) else _("Do not report it now")
    day = formats.moment(at, zone_of(case), language=language())
    href = reverse("cases:police", args=[case.pk]) if coordinates else ""
    return [Row(_("A report to the police?"), f"{word} · {day}", href, pgettext("police", "They changed their mind"))]


def _needs(needs: Iterable[Any]) -> list[Row]:
    return [
        Row(ServiceKind(need.kind).label, formats.day(need.due_on, language=language()))
        for need in needs
        if need.implemented_at is None and need.dropped_at is None
    ]
