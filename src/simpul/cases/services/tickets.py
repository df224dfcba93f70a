"""The list of people for one mobile service: who comes for which papers, and what came of each."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from simpul.audit import services as audit
from simpul.cases import particulars
from simpul.cases.erasing import forget
from simpul.cases.help_kinds import DocumentKind, Result
from simpul.cases.models import QueueDocument, QueueEntry, QueueTicket
from simpul.cases.queries.tickets import ticket_for
from simpul.cases.queue_kinds import MOST_PEOPLE
from simpul.cases.rules.sight import require_opening
from simpul.cases.rules.tickets import require_ticket, require_usable, standing_entry
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict, Invalid, NotFound
from simpul.kernel.ids import uuid7
from simpul.kernel.text import squeeze
from simpul.kernel.time import local_date
from simpul.organisations.models import Organisation, ServicePoint
from simpul.records.locks import claim_version
from simpul.territory.models import Area

LONGEST_PLACE = 160


def open_ticket(
    actor: Actor,
    organisation: Organisation,
    *,
    area: Area,
    service_on: date,
    now: datetime,
    place: str = "",
    provider: ServicePoint | None = None,
    id: UUID | None = None,  # noqa: A002 - the record's own word for it
) -> QueueTicket:
    """An empty list for one mobile service. The day may be one that has been: lists are also kept on paper first.

    The same `id` twice is the same list, unchanged. Denied("case.record"); Invalid("place"); Conflict("id_taken").
    """
    require_opening(actor, organisation, area.code)
    words = squeeze(place)
    if len(words) > LONGEST_PLACE:
        raise Invalid("too_long", "place", message=_("Write this shorter."))
    with transaction.atomic():
        row, created = QueueTicket.objects.get_or_create(
            id=id or uuid7(),
            defaults={
                "owner_organisation": organisation, "area": area, "provider": provider, "service_on": service_on,
                "place": words, "recorded_at": now, "recorded_by_id": actor.person_id,
            },
        )  # fmt: skip
        if (row.owner_organisation_id, row.area_id) != (organisation.pk, area.pk):
            raise _taken()
        if created:
            audit.record(actor, "cases.open_ticket", row.ref, details={"organisation": str(organisation.pk)})
    return row


def add_to_ticket(
    actor: Actor,
    ticket: QueueTicket,
    *,
    person: Mapping[str, object],
    documents: Collection[str],
    now: datetime,
    id: UUID | None = None,  # noqa: A002 - the record's own word for it
) -> QueueEntry:
    """Somebody comes for these papers, under the next number. `person`: name, and nik, sex, age_stated where known.

    The same `id` twice is the same person. NotFound; Invalid("name" | "documents" and those of the particulars);
    Conflict("full" | "id_taken").
    """
    require_ticket(actor, ticket.pk)
    cleaned = _clean(person, ticket, now)
    kinds = _check_kinds(documents)
    with transaction.atomic():
        QueueTicket.objects.select_for_update().get(pk=ticket.pk)
        if id and (taken := QueueEntry.objects.filter(pk=id).first()):
            if taken.ticket_id != ticket.pk:
                raise _taken()
            return taken
        row = QueueEntry.objects.create(
            id=id or uuid7(), ticket=ticket, number=_next_number(ticket), recorded_at=now, **cleaned
        )
        for kind in kinds:
            QueueDocument.objects.create(entry=row, kind=kind)
        audit.record(actor, "cases.add_to_ticket", ticket.ref, details={"entry": row.pk})
    return row


def remove_from_ticket(actor: Actor, entry: QueueEntry, *, now: datetime) -> None:
    """They don't come, or were entered by mistake: name and number go for good, the place in the queue stays empty.

    Twice changes nothing. NotFound.
    """
    require_ticket(actor, entry.ticket_id)
    with transaction.atomic():
        row = QueueEntry.objects.select_for_update().get(pk=entry.pk)
        if row.removed_at is None:
            forget(row)
            row.removed_at = now
            row.save(update_fields=["removed_at"])
            audit.record(actor, "cases.remove_from_ticket", entry.ticket.ref, details={"entry": row.pk})


def correct_entry(
    actor: Actor, entry: QueueEntry, *, person: Mapping[str, object], seen: int, now: datetime
) -> QueueEntry:
    """Name, NIK, sex and age as they should have been written. `seen` as in `settle_queue`.

    NotFound, also for somebody whose name is gone; Invalid as `add_to_ticket`; Conflict("edited_meanwhile").
    """
    row = standing_entry(actor, entry.pk)
    if row.name is None:
        raise NotFound("cases.queueentry", entry.pk)
    cleaned = _clean({"nik": None, "sex": "", "age_stated": None, **person}, row.ticket, now)
    with transaction.atomic():
        QueueTicket.objects.select_for_update().get(pk=row.ticket_id)
        fresh = claim_version(standing_entry(actor, entry.pk), seen, {})
        for field, value in cleaned.items():
            setattr(fresh, field, value)
        fresh.save()
        audit.record(actor, "cases.correct_entry", row.ticket.ref, details={"entry": row.pk, "fields": sorted(cleaned)})
    return fresh


def settle_queue(
    actor: Actor, entry: QueueEntry, *, results: Mapping[str, str], on: date, seen: int, now: datetime
) -> QueueEntry:
    """What came of each paper (kind -> result, blank: not told yet), as of the day `on`. A paper left out stays.

    `seen` is the version that was read: Conflict("edited_meanwhile") where somebody else told meanwhile, and nothing is
    written; the same results again change nothing. NotFound; Invalid("result" | "on"); Conflict("restricted").
    """
    require_usable(standing_entry(actor, entry.pk))
    if set(results.values()) - {"", *Result.values}:
        raise Invalid("result", "result", message=_("Choose what came of it."))
    if on > local_date(now, entry.ticket.area.zone):
        raise Invalid("on", "on", message=_("Choose today or a day that has been."))
    with transaction.atomic():
        QueueTicket.objects.select_for_update().get(pk=entry.ticket_id)
        # Who stops the use of somebody's data locks their row: until we are done, or before we write.
        require_usable(QueueEntry.objects.select_for_update().get(pk=entry.pk))
        changed = [row for row in entry.documents.order_by("id") if results.get(row.kind, row.result) != row.result]
        if not changed:
            return standing_entry(actor, entry.pk)
        fresh = claim_version(standing_entry(actor, entry.pk), seen, {})
        for row in changed:
            row.result = results[row.kind]
            row.settled_on = on if row.result else None
            row.save(update_fields=["result", "settled_on"])
        papers = [row.kind for row in changed]
        audit.record(actor, "cases.settle_queue", entry.ticket.ref, details={"entry": entry.pk, "papers": papers})
    return fresh


def open_list(actor: Actor, ticket_id: UUID, *, names: bool, now: datetime) -> QueueTicket:  # noqa: ARG001 - as all
    """Look at a list, and note that it was looked at, and whether names were asked for. NotFound."""
    ticket = ticket_for(actor, ticket_id)
    with transaction.atomic():
        audit.record(actor, "cases.open_list", ticket.ref, details={"names": names})
    return ticket


def _clean(person: Mapping[str, object], ticket: QueueTicket, now: datetime) -> dict[str, object]:
    told = {k: v for k, v in person.items() if k in ("name", "nik", "sex", "age_stated")}
    cleaned = particulars.clean(told, on=local_date(now, ticket.area.zone))
    cleaned.pop("age_stated_on", None)
    if not cleaned.get("name"):
        raise Invalid("name", "name", message=_("Write the name, as it stands on their papers."))
    return cleaned


def _check_kinds(documents: Collection[str]) -> list[str]:
    kinds = sorted(set(documents))
    if not kinds or set(kinds) - set(DocumentKind.values):
        raise Invalid("documents", "documents", message=_("Choose which papers they come for."))
    return kinds


def _next_number(ticket: QueueTicket) -> int:
    """Conflict("full") beyond what one day can take. The list is locked by the caller."""
    last = ticket.entries.aggregate(last=Max("number"))["last"] or 0
    if last >= MOST_PEOPLE:
        raise Conflict("full", message=_("This list is full. Begin another one for the same day."))
    return last + 1


def _taken() -> Conflict:
    return Conflict("id_taken", message=_("This entry was already used for something else. Reload the page."))
