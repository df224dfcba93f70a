"""What a programme has for a while, within its own period: the areas it works in, and who has which role."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import TypeVar

from django.db import transaction

from simpul.audit import services as audit
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict
from simpul.organisations.corrections import check_within, correct, keeping, period_of, supersede
from simpul.organisations.models import ProgrammeArea, ProgrammeRole
from simpul.organisations.rules.organisations import authorise

Part = TypeVar("Part", ProgrammeArea, ProgrammeRole)


def change_part(
    actor: Actor,
    row: Part,
    changes: Mapping[str, date | None],
    act: str,
    *,
    overlap: tuple[str, Conflict],
    now: datetime,
) -> Part:
    """The bounds as `changes` says; the row that holds now. `overlap`: the constraint, and what is said of it.

    Invalid("period_reversed" | "outside_programme"), Conflict("edited_meanwhile").
    """
    authorise(actor, "programme.manage", row.programme.owner)
    with keeping(*overlap):
        bounds = (changes.get(bound, getattr(row, bound)) for bound in ("valid_from", "valid_until"))
        check_within(row.programme, period_of(*bounds))
        fresh, is_written = correct(actor, row, changes, now=now)
        if is_written:
            audit.record(actor, act, fresh.ref, details={"corrects": str(row.pk)})
    return fresh


def withdraw_part(actor: Actor, row: Part, act: str, *, now: datetime) -> None:
    """It was never true: an entry made by mistake. Twice changes nothing more."""
    authorise(actor, "programme.manage", row.programme.owner)
    with transaction.atomic():
        if supersede(row, now=now):
            audit.record(actor, act, row.ref)
