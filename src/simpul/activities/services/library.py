"""Keeping the library, and noting which group has read what."""

from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from simpul.activities.drafting import titled, told, whole
from simpul.activities.kinds import Visibility
from simpul.activities.library_kinds import MOST_MINUTES, MOST_TEXT, ItemKind, Readers, Tongue
from simpul.activities.models import LibraryEdition, LibraryItem, LibraryReading
from simpul.activities.result_kinds import MOST_PEOPLE
from simpul.activities.rules.library import require_item_keeper, require_item_sight, require_reader
from simpul.activities.states import MANAGE
from simpul.audit import services as audit
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict, Invalid
from simpul.kernel.ids import uuid7
from simpul.organisations.models import Organisation
from simpul.organisations.rules.organisations import authorise
from simpul.organisations.sectors import Sector
from simpul.organisations.shapes import Clean, check_past, one_of, web_address
from simpul.records.locks import claim_version, lock_graph

FIELDS: Final[dict[str, Clean]] = {
    "kind": one_of(ItemKind, blank=False),
    "title": titled,
    "about": told,
    "sector": one_of(Sector),
    "readers": one_of(Readers, blank=False),
    "visibility": one_of(Visibility, blank=False),
}


def add_item(
    actor: Actor,
    organisation: Organisation,
    *,
    now: datetime,
    id: UUID | None = None,  # noqa: A002 - the client's own key
    **said: Any,
) -> LibraryItem:
    """A draft. `said` are FIELDS. The same id again is the same one. Conflict("id_taken")."""
    authorise(actor, MANAGE, organisation)
    row = LibraryItem(id=id or uuid7(), owner_organisation=organisation, created_at=now, **_cleaned(said))
    with transaction.atomic():
        lock_graph(f"activities.libraryitem.{row.pk}")
        if there := LibraryItem.objects.filter(pk=row.pk).first():
            if there.owner_organisation_id == organisation.pk:
                return there
            raise Conflict("id_taken", message=_("This entry was already used for something else. Reload the page."))
        row.save(force_insert=True)
        audit.record(actor, "activities.add_item", row.ref, details={"kind": row.kind})
    return row


def change_item(actor: Actor, item: LibraryItem, *, seen: int, now: datetime, **said: Any) -> LibraryItem:  # noqa: ARG001
    """Write FIELDS. Conflict("edited_meanwhile") with their values."""
    require_item_keeper(actor, item)
    changes = _cleaned(said)
    with transaction.atomic():
        fresh = claim_version(item, seen, changes)
        audit.record(actor, "activities.change_item", item.ref, details={"fields": sorted(changes)})
    return fresh


def publish_item(actor: Actor, item: LibraryItem, *, now: datetime) -> LibraryItem:
    """From now on it is read by those it is for; also again, after it was withdrawn. Conflict("no_edition")."""
    require_item_keeper(actor, item)
    if not item.editions.exists():
        message = _("Write it in a language first: there is nothing to read yet.")
        raise Conflict("no_edition", message=message)
    with transaction.atomic():
        rows = LibraryItem.objects.filter(pk=item.pk)
        begun = rows.filter(published_at=None).update(published_at=now)
        if begun or rows.filter(withdrawn_at__isnull=False).update(withdrawn_at=None):
            audit.record(actor, "activities.publish_item", item.ref)
    item.refresh_from_db()
    return item


def withdraw_item(actor: Actor, item: LibraryItem, *, now: datetime) -> LibraryItem:
    """Nobody but its keepers reads it from now on. Twice changes nothing more; nor for a draft."""
    require_item_keeper(actor, item)
    with transaction.atomic():
        rows = LibraryItem.objects.filter(pk=item.pk, published_at__isnull=False, withdrawn_at=None)
        if rows.update(withdrawn_at=now):
            audit.record(actor, "activities.withdraw_item", item.ref)
    item.refresh_from_db()
    return item


def write_edition(
    actor: Actor,
    item: LibraryItem,
    *,
    language: str,
    text: str = "",
    link: str = "",
    minutes: int | None = None,
    seen: int | None = None,
    now: datetime,
) -> LibraryEdition:
    """The item in one language. `seen` is the version that was read before it was rewritten, None for a new one; the
    same new one again changes nothing. Invalid("unknown_choice" | "too_long" | "nothing_in_it" | ...),
    Conflict("edited_meanwhile").
    """
    require_item_keeper(actor, item)
    said = {
        "text": _text(text),
        "link": web_address("link", link),
        "minutes": whole(1, MOST_MINUTES, needed=False)("minutes", minutes),
    }
    language = one_of(Tongue, blank=False)("language", language)
    if not said["text"] and not said["link"] and item.kind != ItemKind.AUDIO:
        raise Invalid("nothing_in_it", "text", message=_("Write the text, or give the address of the video."))
    with transaction.atomic():
        lock_graph(f"activities.libraryitem.{item.pk}")
        there = LibraryEdition.objects.filter(item=item, language=language).first()
        if there is None:
            row = LibraryEdition.objects.create(item=item, language=language, changed_at=now, **said)
        elif all(getattr(there, name) == value for name, value in said.items()):
            return there
        else:
            row = claim_version(there, seen or 0, {**said, "changed_at": now})
        audit.record(actor, "activities.write_edition", row.ref, details={"language": language})
    return row


def note_reading(
    actor: Actor,
    item: LibraryItem,
    *,
    organisation: Organisation,
    language: str,
    read_on: date,
    people: int | None = None,
    now: datetime,
) -> LibraryReading:
    """A group has read it together. The same day again is the same row, with the number that was said last.

    Invalid("unknown_choice" | "in_the_future" | "not_a_count"), Denied("attendance.record") for somebody else's group.
    """
    require_item_sight(actor, item)
    require_reader(actor, organisation)
    check_past(read_on, "read_on", now)
    said = {
        "language": one_of(Tongue, blank=False)("language", language),
        "people": whole(1, MOST_PEOPLE, needed=False)("people", people),
    }
    with transaction.atomic():
        first = {**said, "recorded_at": now, "recorded_by": actor.person_id}
        row, is_new = LibraryReading.objects.get_or_create(
            item=item, organisation=organisation, read_on=read_on, defaults=first
        )
        if is_new or any(getattr(row, name) != value for name, value in said.items()):
            LibraryReading.objects.filter(pk=row.pk).update(**said)
            audit.record(actor, "activities.note_reading", row.ref, details={"organisation": str(organisation.pk)})
    row.refresh_from_db()
    return row


def _cleaned(said: dict[str, Any]) -> dict[str, Any]:
    """ValueError for a name that is none of FIELDS."""
    if unknown := set(said) - set(FIELDS):
        raise ValueError(f"not to be written: {sorted(unknown)}")
    return {name: FIELDS[name](name, value) for name, value in said.items()}


def _text(text: str) -> str:
    """Lines keep their breaks; their ends are tidied."""
    tidy = "\n".join(line.rstrip() for line in str(text or "").replace("\r\n", "\n").strip().split("\n"))
    if len(tidy) > MOST_TEXT:
        message = _("Use at most %(longest)s characters.") % {"longest": MOST_TEXT}
        raise Invalid("too_long", "text", message=message)
    return tidy
