"""When somebody looks in again: one, three and six months after help came."""

from datetime import date, datetime, timedelta

from simpul.cases.dues import refresh_due
from simpul.cases.help_kinds import VISIT_MONTHS
from simpul.cases.life import today_of
from simpul.cases.models import Case, Visit


def plan_visits(case: Case, *, now: datetime) -> None:
    """Those that are not planned yet, counted from today. In the caller's transaction."""
    today = today_of(case, now)
    planned = set(Visit.objects.filter(case=case).values_list("month", flat=True))
    Visit.objects.bulk_create(
        Visit(case=case, month=month, due_on=months_after(today, month), recorded_at=now)
        for month in VISIT_MONTHS
        if month not in planned
    )
    refresh_due(case)


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month where it has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    first = date(day.year + years, month + 1, 1)
    last = (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    return first.replace(day=min(day.day, last.day))
