"""Facts with two times are never rewritten: a correction supersedes the row and appends the next one."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any, TypeVar

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict, Invalid, SimpulError
from simpul.kernel.time import Period
from simpul.organisations.models import Accompaniment, Membership, ProgrammeArea, ProgrammeRole
from simpul.records.locks import lock_graph
from simpul.records.models import Dated, Known
from simpul.records.operations import violated

Fact = TypeVar("Fact", bound=Known)
Named = TypeVar("Named", Accompaniment, Membership, ProgrammeArea, ProgrammeRole)  # each names what it corrects

# What belongs to a row and not to the fact it states.
_OF_THE_ROW = frozenset({"id", "origin_node", "recorded_at", "superseded_at", "corrects", "entered_by"})


def period_of(valid_from: date | None, valid_until: date | None) -> Period:
    """Invalid("period_reversed", "valid_until") where it ends before it starts."""
    try:
        return Period(valid_from, valid_until)
    except ValueError as error:
        message = _("Enter an end date after the start date.")
        raise Invalid("period_reversed", "valid_until", message=message) from error


def check_within(whole: Dated, part: Period) -> None:
    """Invalid("outside_programme") where a named bound of `part` lies outside the period of the programme `whole`."""
    for bound, day in (("valid_from", part.start), ("valid_until", part.until)):
        early = day and whole.valid_from and day < whole.valid_from
        late = day and whole.valid_until and day > whole.valid_until
        at_the_end = bound == "valid_from" and day is not None and day == whole.valid_until
        if early or late or at_the_end:
            message = _("Choose a date within the programme's own period.")
            raise Invalid("outside_programme", bound, message=message)


def entered_before(row: Named, says: Sequence[str]) -> Named | None:
    """What a repeated request already made: the row of this id, or the current one that `says` the same.

    Conflict("id_taken") where the id stands for something else.
    """
    rows = type(row)._default_manager
    same = {name: getattr(row, name) for name in says}
    if taken := rows.filter(pk=row.pk).first():
        if all(getattr(taken, name) == value for name, value in same.items()):
            return taken
        raise Conflict("id_taken", message=_("This entry was already used for something else. Reload the page."))
    return rows.filter(**same, superseded_at=None).first()


def enter(row: Named, says: Sequence[str], *, graph: str) -> tuple[Named, bool]:
    """`row`, or what a repeated request already made; and whether this call wrote it. Within the caller's transaction,
    one at a time in `graph`. Conflict as `entered_before`."""
    lock_graph(graph)
    if found := entered_before(row, says):
        return found, False
    row.save(force_insert=True)
    return row, True


def correct(actor: Actor, row: Named, changes: Mapping[str, object], *, now: datetime) -> tuple[Named, bool]:
    """Supersede `row` and append it with `changes`; (the row that holds now, whether this call wrote it).

    The same correction twice is one row. Conflict("edited_meanwhile") where somebody else corrected it differently:
    `theirs` has what their row says in the changed fields. Runs within the caller's transaction.
    """
    if not supersede(row, now=now):
        theirs = type(row)._default_manager.filter(corrects=row).first()
        differing = {name: getattr(theirs, name, None) for name, mine in changes.items()}
        if theirs is not None and differing == dict(changes):
            return theirs, False
        raise _corrected_meanwhile("edited_meanwhile", theirs=differing)
    return _append(row, {**changes, "corrects": row, "entered_by": actor.user_id}, now), True


def replace(row: Fact, now: datetime, **changes: object) -> Fact:
    """Supersede `row` and append it again with `changes`; the new row. For facts that name no row they correct:
    Conflict("corrected_meanwhile") where somebody else was faster, whatever they wrote.
    """
    if not supersede(row, now=now):
        raise _corrected_meanwhile("corrected_meanwhile")
    return _append(row, changes, now)


def withdraw(row: Known, *, now: datetime) -> None:
    """It is known no more, and nothing in its place. Conflict("corrected_meanwhile") as `replace`."""
    if not supersede(row, now=now):
        raise _corrected_meanwhile("corrected_meanwhile")


def supersede(row: Known, *, now: datetime) -> bool:
    """Whether this call took the row out of what is known now."""
    rows = type(row)._default_manager
    return bool(rows.filter(pk=row.pk, superseded_at=None).update(superseded_at=now))


def _append(row: Fact, changes: Mapping[str, object], now: datetime) -> Fact:
    kept = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields if f.name not in _OF_THE_ROW}
    return type(row)._default_manager.create(**{**kept, **changes}, recorded_at=now)


def _corrected_meanwhile(code: str, **theirs: Any) -> Conflict:
    message = _("Somebody corrected this while you were writing. Look at what it says now, then decide.")
    return Conflict(code, message=message, **theirs)


@contextmanager
def keeping(constraint: str, error: SimpulError) -> Iterator[None]:
    """What is done within violates the named constraint: raise `error` instead."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as violation:
        if violated(violation, constraint):
            raise error from violation
        raise
