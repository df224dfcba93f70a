"""The library as a reader may see it, and which group has read what."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from simpul.activities.library_kinds import Tongue
from simpul.activities.models import LibraryEdition, LibraryItem, LibraryReading
from simpul.activities.rules.library import EDITION, ITEM, groups_read_for, items_visible_to, readings_visible_to
from simpul.kernel.actor import Actor
from simpul.kernel.errors import NotFound
from simpul.organisations.models import Organisation
from simpul.organisations.queries.profiles import organisations_for


@dataclass(frozen=True, slots=True)
class Shelf:
    """Which items: of a kind, for some readers, about something, in a language, with words in the title."""

    kind: str = ""
    readers: str = ""
    sector: str = ""
    language: str = ""


def items_for(actor: Actor, shelf: Shelf = Shelf()) -> QuerySet[LibraryItem]:
    rows = LibraryItem.objects.filter(items_visible_to(actor)).select_related("owner_organisation")
    for name in ("kind", "readers", "sector"):
        if value := getattr(shelf, name):
            rows = rows.filter(**{name: value})
    if shelf.language:
        rows = rows.filter(pk__in=LibraryEdition.objects.filter(language=shelf.language).values("item_id"))
    return rows


def item_for(actor: Actor, item_id: UUID) -> LibraryItem:
    """NotFound for what is out of sight."""
    found = items_for(actor).filter(pk=item_id).first()
    if found is None:
        raise NotFound(ITEM, item_id)
    return found


def languages_of(items: Sequence[LibraryItem]) -> dict[UUID, list[Tongue]]:
    """One query, however many."""
    rows = LibraryEdition.objects.filter(item__in=[item.pk for item in items]).values_list("item_id", "language")
    found: dict[UUID, list[Tongue]] = {item.pk: [] for item in items}
    for item_id, language in rows:
        found[item_id].append(Tongue(language))
    order = list(Tongue)
    return {pk: sorted(tongues, key=order.index) for pk, tongues in found.items()}


def editions_of(item: LibraryItem) -> list[LibraryEdition]:
    """Without their text; in the order in which languages are offered."""
    order = list(Tongue.values)
    return sorted(item.editions.defer("text"), key=lambda row: order.index(row.language))


def edition_for(actor: Actor, item_id: UUID, language: str) -> LibraryEdition:
    """NotFound for what is out of sight, and for a language it is not in."""
    rows = LibraryEdition.objects.filter(items_visible_to(actor, "item__"), item=item_id, language=language)
    found = rows.select_related("item__owner_organisation").first()
    if found is None:
        raise NotFound(EDITION, item_id)
    return found


def groups_reading(actor: Actor) -> list[Organisation]:
    """For which the actor may note what they read, by name."""
    rows = organisations_for(actor).filter(groups_read_for(actor))
    return list(rows.order_by("sort_key", "pk")[:200])


def readings_for(actor: Actor) -> QuerySet[LibraryReading]:
    """Of groups in reach; the last first."""
    rows = LibraryReading.objects.filter(readings_visible_to(actor)).select_related("organisation", "item")
    return rows.order_by("-read_on", "-id")


@dataclass(frozen=True, slots=True)
class GroupRead:
    """A group with what it has read: the last reading of each item, the last first."""

    organisation: Organisation
    readings: Sequence[LibraryReading]


def by_group(rows: Sequence[LibraryReading]) -> list[GroupRead]:
    """Groups by name; each item once."""
    found: dict[UUID, dict[UUID, LibraryReading]] = {}
    named: dict[UUID, Organisation] = {}
    for row in rows:
        named[row.organisation_id] = row.organisation
        found.setdefault(row.organisation_id, {}).setdefault(row.item_id, row)
    ordered = sorted(named.values(), key=lambda organisation: (organisation.sort_key, organisation.pk))
    return [GroupRead(one, list(found[one.pk].values())) for one in ordered]
