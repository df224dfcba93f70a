"""Starting a programme and keeping what is said of it true."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from simpul.audit import services as audit
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict
from simpul.kernel.ids import uuid7
from simpul.kernel.localized import LocalizedText
from simpul.organisations.corrections import period_of
from simpul.organisations.models import Organisation, Programme
from simpul.organisations.publishing import publish_programme
from simpul.organisations.rules.organisations import authorise
from simpul.records.locks import claim_version

EDITABLE: Final = frozenset({"name", "acronym", "funder", "valid_from", "valid_until"})


def start_programme(
    actor: Actor,
    owner: Organisation,
    *,
    name: LocalizedText,
    acronym: str = "",
    funder: str = "",
    valid_from: date | None = None,
    valid_until: date | None = None,
    now: datetime,  # noqa: ARG001 - every service is told the time
    programme_id: UUID | None = None,
) -> Programme:
    """A programme that `owner` manages. The same id twice is one row; without an id every call starts another one.

    Invalid("period_reversed"), Conflict("id_taken").
    """
    authorise(actor, "programme.manage", owner)
    period_of(valid_from, valid_until)
    if programme_id and (found := Programme.objects.filter(pk=programme_id).first()):
        if found.owner_id != owner.pk:
            raise Conflict("id_taken", message=_("This entry was already used for something else. Reload the page."))
        return found
    with transaction.atomic():
        programme, is_new = Programme.objects.get_or_create(
            id=programme_id or uuid7(),
            defaults={
                "owner": owner,
                "name": name,
                "acronym": acronym.strip(),
                "funder": funder.strip(),
                "valid_from": valid_from,
                "valid_until": valid_until,
            },
        )
        if is_new:
            publish_programme(programme)
            audit.record(actor, "organisations.start_programme", programme.ref, details={"owner": str(owner.pk)})
    return programme


def edit_programme(
    actor: Actor,
    programme: Programme,
    changes: Mapping[str, Any],
    *,
    seen: int,
    now: datetime,  # noqa: ARG001
) -> Programme:
    """Write `changes` (names in EDITABLE) if the version still is the `seen` one.

    Invalid("period_reversed"), Conflict("edited_meanwhile") with their values.
    """
    authorise(actor, "programme.manage", programme.owner)
    if unknown := set(changes) - EDITABLE:
        raise ValueError(f"not to be edited: {sorted(unknown)}")
    period_of(*(changes.get(bound, getattr(programme, bound)) for bound in ("valid_from", "valid_until")))
    with transaction.atomic():
        fresh = claim_version(programme, seen, changes)
        publish_programme(fresh)
        audit.record(actor, "organisations.edit_programme", programme.ref, details={"fields": sorted(changes)})
    return fresh
