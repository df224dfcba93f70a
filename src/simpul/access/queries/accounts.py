"""Accounts by where their people work."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from simpul.access import rules
from simpul.access.models import Grant
from simpul.people.queries import today


def accounts_at(organisations: Collection[UUID], *, now: datetime) -> set[UUID]:
    """Accounts of everybody who holds a role at one of these organisations today: for what concerns them all."""
    rows = Grant.objects.filter(rules.standing(today(now)), organisation__in=organisations)
    return {key for key in rows.values_list("person__user_id", flat=True) if key}
