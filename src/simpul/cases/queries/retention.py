"""Until when a case is kept."""

from collections.abc import Mapping
from datetime import date, timedelta
from uuid import UUID

from simpul.cases.models import Case, RetentionExtension, RetentionRule
from simpul.cases.rights_kinds import MONTHS_KEPT, WARNED_BEFORE, retention_class
from simpul.deadlines.reckoning import months_later

# (class, organisation; None: this whole Simpul) -> months
Keeping = Mapping[tuple[str, UUID | None], int]


def keeping_on(day: date) -> Keeping:
    """What is in force that day: what the program comes with, and what was set here."""
    found: dict[tuple[str, UUID | None], int] = {(kept, None): months for kept, months in MONTHS_KEPT.items()}
    for rule in RetentionRule.objects.filter(valid_from__lte=day).order_by("valid_from", "id"):
        found[rule.kept, rule.organisation_id] = rule.months
    return found


def kept_until(case: Case, *, on: date, keeping: Keeping | None = None) -> date | None:
    """The day it goes, by the rules in force on a day and by what was extended; None while it has not ended."""
    if case.closed_on is None:
        return None
    ends = _by_rule(case.closed_on, case, keeping or keeping_on(on))
    longer = RetentionExtension.objects.filter(case=case).order_by("-until").values_list("until", flat=True).first()
    return max(ends, longer) if longer else ends


def nearly_over(*, on: date) -> list[Case]:
    """Cases whose time is over within the days of a warning, apart from those a legal process needs."""
    keeping, soon = keeping_on(on), on + timedelta(days=WARNED_BEFORE)
    latest = months_later(soon, -min(keeping.values()))  # a first sieve, which an index answers
    ended = Case.objects.filter(closed_on__lte=latest, legal_hold=False).order_by("closed_on", "id")
    light = ended.only("id", "closed_on", "stage", "branch", "owner_organisation_id").iterator(chunk_size=2000)
    near = [case for case in light if case.closed_on and _by_rule(case.closed_on, case, keeping) <= soon]
    return [case for case in near if (kept_until(case, on=on, keeping=keeping) or soon) <= soon]


def _by_rule(closed_on: date, case: Case, keeping: Keeping) -> date:
    kept = retention_class(case.stage, case.branch)
    months = keeping.get((kept, case.owner_organisation_id))
    return months_later(closed_on, keeping[kept, None] if months is None else months)
