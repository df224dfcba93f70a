"""Whom a consent lets the group hand data to, by name."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from simpul.cases.consent_kinds import referred_to, transferred_to
from simpul.cases.models import Consent
from simpul.organisations.models import Organisation, ServicePoint


@dataclass(frozen=True, slots=True)
class Named:
    """A consent, the offices it lets them refer to, and the organisations it lets them hand the whole case to."""

    consent: Consent
    offices: list[str]
    takers: list[str]

    @property
    def is_withdrawn(self) -> bool:
        return hasattr(self.consent, "withdrawal")


def named(rows: Sequence[Consent]) -> list[Named]:
    """At most two queries, none where nothing is handed to anybody."""
    offices, takers = _names(rows, referred_to, ServicePoint), _names(rows, transferred_to, Organisation)
    return [
        Named(
            row,
            [offices[one] for one in row.purposes if one in offices],
            [takers[one] for one in row.purposes if one in takers],
        )
        for row in rows
    ]


def _names(rows: Sequence[Consent], key_of: Callable[[str], UUID | None], model: Any) -> dict[str, str]:
    """Purpose -> name."""
    keys = {one: key for row in rows for one in row.purposes if (key := key_of(one))}
    found = model.objects.in_bulk(keys.values()) if keys else {}
    return {one: found[key].name for one, key in keys.items() if key in found}
