"""Setting how long cases are kept, warning before the end, and letting go of what nobody had kept longer."""

from contextlib import suppress
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from simpul.audit import services as audit
from simpul.cases.case_locks import locked_family
from simpul.cases.emptying import empty_words
from simpul.cases.erasing import family_of
from simpul.cases.life import today_of
from simpul.cases.models import Case, RetentionRule, RetentionWarning
from simpul.cases.queries.retention import kept_until, nearly_over
from simpul.cases.retention_notices import ENDING
from simpul.cases.rights_kinds import WARNED_BEFORE, Ground, RetentionClass
from simpul.cases.rules.telling import told_of_case
from simpul.cases.services.keeping import let_go
from simpul.cases.stages import COORDINATE
from simpul.kernel.actor import Actor, System
from simpul.kernel.errors import Denied, Invalid
from simpul.kernel.ids import uuid7
from simpul.kernel.text import squeeze
from simpul.notices.services.sending import send_notice
from simpul.organisations.models import Organisation


def set_retention(
    actor: Actor,
    organisation: Organisation,
    *,
    kept: str,
    months: int,
    basis: str,
    valid_from: date,
    now: datetime,
    source: str = "",
    id: UUID | None = None,  # noqa: A002 - the record's own word for it
) -> RetentionRule:
    """From `valid_from` on, cases of this class are kept that many months after their end. The same `id` is one rule.

    Denied("case.coordinate"); Invalid("kept" | "months" | "basis" | "source").
    """
    entries = actor.scope(COORDINATE).entries
    if not isinstance(actor, System) and not any(
        entry.organisation_id == organisation.pk and entry.area_code is None for entry in entries
    ):
        raise Denied(COORDINATE, organisation.ref)
    if kept not in RetentionClass.values:
        raise Invalid("kept", "kept", message=_("Choose one of the answers in the list."))
    if not 1 <= months <= 600:
        raise Invalid("months", "months", message=_("Write a number of months, from 1 to 600."))
    said, seen = squeeze(basis), squeeze(source)
    if not said or len(said) > 200:
        raise Invalid("basis", "basis", message=_("Write on what this rests, in a few words."))
    if len(seen) > 200:
        raise Invalid("source", "source", message=_("Write this shorter."))
    with transaction.atomic():
        row, created = RetentionRule.objects.get_or_create(
            pk=id or uuid7(),
            defaults={
                "organisation": organisation, "kept": kept, "months": months, "basis": said, "source": seen,
                "valid_from": valid_from, "set_at": now, "set_by_id": actor.person_id,
            },
        )  # fmt: skip
        if created:
            audit.record(
                actor,
                "cases.set_retention",
                organisation.ref,
                details={"kept": kept, "months": months, "from": valid_from},
            )
    return row


def end_retention(actor: Actor, *, now: datetime) -> int:
    """Warn of what goes in thirty days; let go of what was warned of long enough. How many cases went. The words
    of what was asked about data, of exports and of breaches are emptied once their own time is over.

    Nothing goes unwarned: a time that was over before anybody was told starts with the warning. Denied for whoever is
    not the platform.
    """
    if not isinstance(actor, System):
        raise Denied(COORDINATE)
    gone = 0
    for case in nearly_over(on=now.date()):
        with transaction.atomic():
            gone += _settle(actor, case.pk, now)
    empty_words(actor, now)
    return gone


def _settle(actor: Actor, case_id: UUID, now: datetime) -> bool:
    locked_family(case_id)
    rows = Case.objects.select_related("area", "owner_organisation")
    case = rows.filter(pk=case_id, legal_hold=False).first()
    if case is None:
        return False
    today = today_of(case, now)
    ends = kept_until(case, on=today)
    if ends is None:
        return False
    erase_on = max(ends, today + timedelta(days=WARNED_BEFORE))
    warned = case.retention_warnings.filter(erase_on__gte=ends).order_by("erase_on").first()
    if warned is None:
        _warn(actor, case, erase_on, now)
        return False
    return today >= warned.erase_on and _go(actor, case, now)


def _go(actor: Actor, case: Case, now: datetime) -> bool:
    """One marked as the same as another goes by itself; the other keeps its own time."""
    if case.duplicate_of_id is not None:
        Case.objects.filter(pk=case.pk).update(duplicate_of=None)
        case.duplicate_of = None
    if any(each.legal_hold for each in family_of(case)):
        return False
    let_go(actor, case, ground=Ground.RETENTION, now=now)
    return True


def _warn(actor: Actor, case: Case, erase_on: date, now: datetime) -> None:
    warning = RetentionWarning.objects.create(case=case, erase_on=erase_on, warned_at=now)
    told = told_of_case(case, ("coordinator",), now)
    with suppress(Invalid):  # nobody of the group has an open account: the board shows it
        send_notice(actor, kind=ENDING, about=case.ref, recipients=sorted(told), now=now, id=warning.pk)
    audit.record(actor, "cases.warn_of_retention", case.ref, details={"erase_on": erase_on})
