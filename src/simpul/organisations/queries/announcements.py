"""Announcements as their writers and their readers see them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, IntegerField, OuterRef, QuerySet, Subquery

from simpul.kernel.actor import Actor
from simpul.kernel.errors import NotFound
from simpul.organisations.models import (
    Announcement,
    AnnouncementReading,
    AnnouncementRecipient,
    AnnouncementVersion,
    Organisation,
)
from simpul.organisations.rules.secretariat import addressed, announcements_visible_to

KIND = "organisations.announcement"
MOST = 50


@dataclass(frozen=True, slots=True)
class Reader:
    """An organisation it went to. `read_at`: when somebody there first opened the last version, None: nobody did.

    `had_read` is true where they opened an earlier one.
    """

    organisation: Organisation
    read_at: datetime | None
    had_read: bool


@dataclass(frozen=True, slots=True)
class Listed:
    """`read` of `sent` organisations have opened its last version; `mine`: whether one of the actor's has."""

    announcement: Announcement
    title: object
    number: int
    sent: int
    read: int
    mine: bool


def announcements_for(actor: Actor, network: Organisation | None = None) -> list[Listed]:
    """Those the actor wrote or got, the latest first; with `network`, of that one. Two queries."""
    rows = Announcement.objects.filter(announcements_visible_to(actor)).select_related("network")
    rows = rows.filter(network=network) if network else rows
    last = AnnouncementVersion.objects.filter(announcement=OuterRef("pk")).order_by("-number")
    readings = AnnouncementReading.objects.filter(recipient__announcement=OuterRef("pk"), number=OuterRef("last"))
    own = readings.filter(recipient__organisation__in=addressed(actor))
    how_many = readings.order_by().values("recipient__announcement").annotate(n=Count("pk")).values("n")
    extra: dict[str, Any] = {
        "sent": Count("recipients", distinct=True),
        "read": Subquery(how_many, output_field=IntegerField()),
        "mine": Exists(own),
    }
    found: list[Any] = list(
        rows.annotate(last=Subquery(last.values("number")[:1]))
        .annotate(**extra)
        .order_by("-announced_at", "-pk")[:MOST]
    )
    versions = AnnouncementVersion.objects.filter(announcement__in=[row.pk for row in found], number__gte=1)
    titles = {(v.announcement_id, v.number): v.title for v in versions}
    return [Listed(row, titles[row.pk, row.last], row.last, row.sent, row.read or 0, row.mine) for row in found]


def unread_for(actor: Actor) -> QuerySet[Announcement]:
    """Those that went to the actor's organisations and that none of their people has opened, in no order."""
    own = addressed(actor)
    opened = AnnouncementReading.objects.filter(recipient__announcement=OuterRef("pk"), recipient__organisation__in=own)
    sent = AnnouncementRecipient.objects.filter(announcement=OuterRef("pk"), organisation__in=own)
    return Announcement.objects.filter(~Exists(opened), Exists(sent))


def announcement_for(actor: Actor, key: UUID) -> Announcement:
    """NotFound out of sight."""
    rows = Announcement.objects.filter(announcements_visible_to(actor), pk=key).select_related("network")
    found = rows.first()
    if found is None:
        raise NotFound(KIND, key)
    return found


def versions_of(announcement: Announcement) -> list[AnnouncementVersion]:
    """The last one first."""
    return list(announcement.versions.order_by("-number"))


def readers_of(announcement: Announcement, number: int) -> list[Reader]:
    """Everybody it went to, who has not opened the last version first. Two queries."""
    rows = announcement.recipients.select_related("organisation").order_by("organisation__sort_key", "pk")
    readings = AnnouncementReading.objects.filter(recipient__announcement=announcement)
    read: dict[UUID, dict[int, datetime]] = {}
    for recipient, version, at in readings.values_list("recipient_id", "number", "read_at"):
        read.setdefault(recipient, {})[version] = at
    found = [Reader(row.organisation, read.get(row.pk, {}).get(number), bool(read.get(row.pk))) for row in rows]
    return sorted(found, key=lambda reader: reader.read_at is not None)


def reading_by(actor: Actor, announcement: Announcement, number: int) -> bool | None:
    """Whether that version was read for all of the actor's organisations it went to; None where it went to none."""
    read = AnnouncementReading.objects.filter(recipient=OuterRef("pk"), number=number)
    mine = announcement.recipients.filter(organisation__in=addressed(actor))
    found = list(mine.values_list(Exists(read), flat=True))
    return all(found) if found else None
