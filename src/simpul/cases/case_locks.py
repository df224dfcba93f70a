"""Holding a case while something about it is written: whoever may write is asked once it is ours, of the row as it is.

Asked before, somebody who waited for the row would write into a case that was hidden from them, handed over, or stopped
meanwhile.

One order wherever several rows are held, or two who do different things at once would wait for one another forever:
cases by their keys; then what hangs on them (complaints, referrals and their links, transfers, files of the register,
entries of lists); then what was asked about data (`held_request`); then clocks.
"""

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from uuid import UUID

from django.db import transaction

from simpul.cases.models import Case, Complaint, Party, QueueEntry, Referral, RightsRequest
from simpul.cases.rules.restrictions import authorise_processing
from simpul.cases.rules.sight import KIND, authorise_coordinating, authorise_recording, require_sight
from simpul.kernel.actor import Actor
from simpul.kernel.errors import NotFound


def held_case(actor: Actor, case_id: UUID, *, now: datetime) -> Case:
    """The row as it is now, ours until the transaction ends. NotFound where the actor sees it no more: it was hidden
    from them, or handed over, while they waited for it.
    """
    case = locked_case(case_id)
    require_sight(actor, case, now=now)
    return case


def recording_in(actor: Actor, case_id: UUID, *, now: datetime) -> Case:
    """The same for who writes in it: as `authorise_recording`."""
    case = locked_case(case_id)
    authorise_recording(actor, case, now=now)
    return case


def coordinating_in(actor: Actor, case_id: UUID, *, now: datetime) -> Case:
    """The same for who coordinates it: as `authorise_coordinating`."""
    case = locked_case(case_id)
    authorise_coordinating(actor, case, now=now)
    return case


def processing_in(actor: Actor, case_id: UUID, *, now: datetime, party: Party | None = None) -> Case:
    """The same for who uses what is known of it: as `authorise_processing`."""
    case = locked_case(case_id)
    authorise_processing(actor, case, now=now, party=party)
    return case


def locked_case(case_id: UUID) -> Case:
    """The same for whoever is judged elsewhere. Its organisation is read afterwards: joined to a row that another
    transaction is changing, PostgreSQL would look for the new owner among what was joined before, and find no case.
    NotFound where it was erased meanwhile.
    """
    found = Case.objects.select_for_update().filter(pk=case_id).first()
    if found is None:
        raise NotFound(KIND, case_id)
    return found


class Moved(Exception):
    """What was held is not any more what has to be: all of it is let go, to begin anew."""


def locked_family(*case_ids: UUID) -> list[Case]:
    """The case, and all that are marked as the same matter, by their keys; without those that are gone. Ours until the
    transaction ends, as `locked_case`: whoever ends or hands over one of them acts on each.
    """
    while True:
        keys = _family_of(case_ids)
        with suppress(Moved), transaction.atomic():
            held = list(Case.objects.select_for_update().filter(pk__in=keys).order_by("pk"))
            if _family_of(case_ids) == keys:
                return held
            raise Moved


def _family_of(case_ids: Iterable[UUID]) -> set[UUID]:
    """Keys of what is there of them and of all that are marked as the same; the mark may lead over several steps."""
    found, wanted = set[UUID](), set(case_ids)
    while new := set(Case.objects.filter(pk__in=wanted).values_list("pk", flat=True)) - found:
        found |= new
        up = Case.objects.filter(pk__in=new, duplicate_of__isnull=False).values_list("duplicate_of_id", flat=True)
        wanted = {*filter(None, up), *Case.objects.filter(duplicate_of__in=new).values_list("pk", flat=True)}
    return found


def hold_within(cases: Iterable[Case], complaints: Iterable[Complaint] = ()) -> None:
    """What hangs on held cases, before their clocks, links and rows of it are written one by one."""
    complaint_keys = [row.pk for row in complaints]
    list(Complaint.objects.select_for_update().filter(pk__in=complaint_keys).order_by("pk").values_list("pk"))
    list(Referral.objects.select_for_update().filter(case__in=list(cases)).order_by("pk").values_list("pk"))


def held_request(request: RightsRequest, *, case: UUID | None = None, entry: UUID | None = None) -> RightsRequest:
    """The row as it is now, ours until the transaction ends, after the case or the entry that it is about: whoever
    hands a case over, erases it or forgets a list holds that first. `case`, `entry`: what it is going to be about.
    """
    while True:
        with suppress(Moved), transaction.atomic():
            about = _about(request.pk)
            locked_family(*filter(None, (about[0], case)))
            entries = QueueEntry.objects.select_for_update().filter(pk__in=[*filter(None, (about[1], entry))])
            list(entries.order_by("pk").values_list("pk"))
            row = RightsRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
            if (row.case_id, row.entry_id) == about:
                return row
            raise Moved


def _about(request_id: UUID) -> tuple[UUID | None, UUID | None]:
    return RightsRequest.objects.values_list("case_id", "entry_id").get(pk=request_id)
