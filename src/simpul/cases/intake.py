"""What every way of entering a case, or more of one, checks and does."""

from collections.abc import Collection
from datetime import datetime
from typing import Final

from django.utils.translation import gettext_lazy as _

from simpul.cases.kinds import CASE_TYPES
from simpul.cases.models import Assignment, Case
from simpul.cases.models.sight import AssignedRole
from simpul.cases.rules.sight import may
from simpul.cases.stages import COORDINATE
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Invalid

LONGEST_NARRATIVE: Final = 10_000


def assign_opener(actor: Actor, case: Case, *, now: datetime) -> None:
    """Who records a case and coordinates none keeps sight of it when it is protected."""
    if actor.person_id is None or may(actor, (COORDINATE,), case):
        return
    Assignment.objects.get_or_create(
        case=case,
        person_id=actor.person_id,
        role=AssignedRole.COMPANION,
        ended_at=None,
        defaults={"started_at": now, "assigned_by_id": actor.person_id},
    )


def check_types(types: Collection[str]) -> list[str]:
    """Invalid("types") where there is none, or one that nobody knows."""
    codes = sorted(set(types))
    if not codes or set(codes) - set(CASE_TYPES):
        raise Invalid("types", "types", message=_("Choose what the case is about; more than one is fine."))
    return codes


def check_narrative(narrative: str) -> str | None:
    """Invalid("narrative") where it is too long."""
    words = narrative.strip()
    if len(words) > LONGEST_NARRATIVE:
        message = _("Shorten the story to 10,000 characters. What follows can be written as notes.")
        raise Invalid("narrative", "narrative", message=message)
    return words or None
