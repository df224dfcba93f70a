"""Words that are kept for a time: of what was asked about data, of exports, of breaches. That it was so stays."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from simpul.audit import services as audit
from simpul.cases.erasing import empty_requests
from simpul.cases.models import CaseExport, DataBreach, RightsRequest
from simpul.cases.rights_kinds import KEEPING_BREACHES, KEEPING_EXPORTS, KEEPING_REQUESTS
from simpul.deadlines.queries import rule_in_force
from simpul.deadlines.reckoning import months_later
from simpul.kernel.actor import Actor
from simpul.kernel.refs import RecordRef
from simpul.kernel.time import Zone, local_date


class Kept(NamedTuple):
    """Words of one record, kept from `since` by the rule `code` of the organisation."""

    act: str
    ref: RecordRef
    code: str
    organisation_id: UUID
    since: datetime
    empty: Callable[[], None]


def empty_words(actor: Actor, now: datetime) -> None:
    """Empty those whose time is over. Run again, nothing more is done."""
    for kept in _all(now):
        rule = rule_in_force(kept.code, kept.organisation_id, on=now.date())
        if rule.in_use and months_later(local_date(kept.since, Zone.WITA), rule.limit) <= now.date():
            with transaction.atomic():
                kept.empty()
                audit.record(actor, kept.act, kept.ref)


def _all(now: datetime) -> Iterator[Kept]:
    said = Q(applicant__isnull=False) | Q(words__isnull=False) | Q(reason__isnull=False)
    for request in RightsRequest.objects.filter(said).order_by("asked_at", "id"):
        since = request.answered_at or request.asked_at
        yield Kept(
            "cases.empty_request", request.ref, KEEPING_REQUESTS, request.owner_organisation_id, since,
            lambda row=request: empty_requests([row]),  # type: ignore[misc]
        )  # fmt: skip
    for export in CaseExport.objects.filter(emptied_at=None).order_by("asked_at", "id"):
        yield Kept(
            "cases.empty_export", export.ref, KEEPING_EXPORTS, export.owner_organisation_id, export.asked_at,
            lambda row=export: _empty_export(row, now),  # type: ignore[misc]
        )  # fmt: skip
    for breach in DataBreach.objects.filter(emptied_at=None).order_by("noticed_at", "id"):
        yield Kept(
            "cases.empty_breach", breach.ref, KEEPING_BREACHES, breach.organisation_id, breach.noticed_at,
            lambda row=breach: _empty_breach(row, now),  # type: ignore[misc]
        )  # fmt: skip


def _empty_export(row: CaseExport, now: datetime) -> None:
    """Who, when, which part and how many stay: a file may still be out there."""
    row.reason, row.unmasking_reason, row.emptied_at = "", "" if row.unmasked else None, now
    row.save(update_fields=["reason", "unmasking_reason", "emptied_at"])


def _empty_breach(row: DataBreach, now: datetime) -> None:
    """That there was one, of which data, and whom one told stay. What is said later of it starts no time of its own."""
    for step in row.steps.all():
        step.words = ""
        step.save(update_fields=["words"])
    row.what, row.emptied_at = "", now
    row.save(update_fields=["what", "emptied_at"])
