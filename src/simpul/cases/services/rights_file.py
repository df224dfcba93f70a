"""Looking whether there is a file about whoever asks, and tying it to what they asked."""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from simpul.audit import services as audit
from simpul.audit.queries import was_done
from simpul.cases.above import bring_above
from simpul.cases.case_locks import held_request, locked_case
from simpul.cases.life import today_of
from simpul.cases.likeness import normal_nik, sound_of
from simpul.cases.models import Party, QueueEntry, RightsRequest
from simpul.cases.models.parties import MAJORITY
from simpul.cases.queries.rights import people_like
from simpul.cases.rights_kinds import Level, first_level
from simpul.cases.rules.people import parties_visible_to
from simpul.cases.rules.rights import known_to, locked, require_sight, unanswered
from simpul.cases.rules.tickets import standing_entry
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict, Invalid, NotFound

SEARCHED: Final = "cases.search_file"


def search_file(
    actor: Actor,
    request: RightsRequest,
    *,
    now: datetime,
    nik: str = "",
    name: str = "",
    birth_year: int | None = None,
    area_code: str = "",
) -> list[Party]:
    """Look whether there is anything about them, by what they said of themself. That one looked is recorded, not for
    what, nor with what result. NotFound; Invalid("nik" | "name"); Conflict("answered").
    """
    with transaction.atomic():
        row = locked(request)
        require_sight(actor, row)
        if not normal_nik(nik) and not (sound_of(name) and birth_year and area_code):
            if nik:
                message = _("A NIK has 16 digits. Or look by name, year of birth and village.")
                raise Invalid("nik", "nik", message=message)
            raise Invalid("name", "name", message=_("Write a NIK, or a name with the year of birth and the village."))
        row = unanswered(row)
        audit.record(actor, SEARCHED, row.ref)
    return people_like(
        actor, row.owner_organisation, nik=nik, name=name, birth_year=birth_year, area_code=area_code, now=now
    )


def find_file(actor: Actor, request: RightsRequest, party: Party, *, now: datetime) -> RightsRequest:
    """The request is about this person of a case the actor sees. Once found, it is not changed: Conflict("found").
    What another found in a case that the actor does not see was not found for them: theirs takes its place.

    Where a parent or guardian asks for a child (or for somebody of unknown age), the supervisor sees the case for it;
    for somebody grown up it is the group's to answer. NotFound; Invalid("party") for a case of another group;
    Conflict("answered").
    """
    with transaction.atomic():
        row = held_request(request, case=party.case_id)
        require_sight(actor, row)
        if not Party.objects.filter(parties_visible_to(actor, now=now), pk=party.pk).exists():
            raise NotFound("cases.party", party.pk)
        case = locked_case(party.case_id)  # held by then; handed over meanwhile, nothing is found in it
        if case.owner_organisation_id != row.owner_organisation_id:
            raise Invalid("party", "party", message=_("Choose somebody of a case of this group."))
        row = unanswered(row)
        if _is_found(actor, row, party.pk, now):
            return row
        row.party, row.case, row.entry, row.level = party, case, None, first_level(row.capacity)
        if party.is_child(today_of(case, now)) is False:
            row.level = Level.GROUP
        elif row.level == Level.SUPERVISOR:
            bring_above(actor, row, case, now=now)
        _keep_found(actor, row, now)
    return row


def find_entry(
    actor: Actor,
    request: RightsRequest,
    entry: QueueEntry,
    *,
    now: datetime,
) -> RightsRequest:
    """The request is about somebody on a list of people for a mobile service, of whom nothing else is kept.

    As `find_file`. Invalid("entry") for a list of another group.
    """
    with transaction.atomic():
        row = held_request(request, entry=entry.pk)
        require_sight(actor, row)
        listed = standing_entry(actor, entry.pk)
        if listed.ticket.owner_organisation_id != row.owner_organisation_id:
            raise Invalid("entry", "entry", message=_("Choose somebody on a list of this group."))
        row = unanswered(row)
        if _is_found(actor, row, listed.pk, now):
            return row
        grown = listed.age_stated is not None and listed.age_stated >= MAJORITY
        row.party, row.case, row.entry = None, None, listed
        row.level = Level.GROUP if grown else first_level(row.capacity)
        _keep_found(actor, row, now)
    return row


def _is_found(actor: Actor, row: RightsRequest, key: UUID, now: datetime) -> bool:
    """Whether it is tied to this already. Conflict("found") for another, as far as the actor knows of one."""
    known = known_to(actor, row.pk, now=now)
    found = known.entry_id or known.party_id or known.case_id
    if found is None or found == key:
        return found is not None
    raise Conflict("found", message=_("The file was found already. Look at it again."))


def _keep_found(actor: Actor, row: RightsRequest, now: datetime) -> None:
    """That a file was found stands in the row alone. The record of acts tells that one looked, once it was not told:
    there a request with a file is refused by the same acts as one without.
    """
    row.found_at, row.found_by_id = now, actor.person_id
    row.save(update_fields=["party", "case", "entry", "level", "found_at", "found_by"])
    if not was_done(SEARCHED, row.ref):
        audit.record(actor, SEARCHED, row.ref)
