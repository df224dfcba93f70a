"""Telling members something, correcting what was told, and noting who has opened it."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from simpul.audit import services as audit
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict, Invalid, NotFound
from simpul.kernel.ids import uuid7
from simpul.kernel.localized import LocalizedText
from simpul.kernel.time import Zone, local_date
from simpul.organisations.kinds import NETWORKS
from simpul.organisations.models import (
    Announcement,
    AnnouncementReading,
    AnnouncementRecipient,
    AnnouncementVersion,
    Organisation,
)
from simpul.organisations.queries.networks import member_organisations
from simpul.organisations.rules.organisations import authorise
from simpul.organisations.rules.secretariat import addressed
from simpul.organisations.secretariat import MANAGE
from simpul.records.locks import lock_graph

KIND = "organisations.announcement"
MOST_LEVELS = 9
MOST_WORDS = 4000
Texts = tuple[LocalizedText, LocalizedText]


def announce(
    actor: Actor,
    network: Organisation,
    *,
    title: LocalizedText,
    body: LocalizedText,
    levels: int | None = 1,
    chosen: Collection[Organisation] = (),
    now: datetime,
    id: UUID | None = None,  # noqa: A002 - the client's own key
) -> Announcement:
    """To the members through `levels` levels today, or with None to those `chosen` among them. Who they are is written
    down: who joins later did not get it. The same id again is the same announcement.

    Invalid("not_a_network" | "levels" | "too_long" | "nobody") ; "not_a_member" for one chosen that is none in sight.
    """
    authorise(actor, MANAGE, network)
    if network.kind not in NETWORKS:
        raise Invalid("not_a_network", "network", message=_("Choose a network or forum: only these have members."))
    _check(title, body)
    there = Announcement.objects.filter(pk=id, network=network).first() if id else None
    if there is not None:
        return there
    audience = _audience(actor, network, levels, chosen, now)
    with transaction.atomic():
        lock_graph(f"organisations.announcement.{id or network.pk}")
        made, is_new = Announcement.objects.get_or_create(
            id=id or uuid7(),
            defaults={"network": network, "levels": levels, "announced_at": now, "announced_by": actor.person_id},
        )
        if is_new:
            _write(made, 1, (title, body), by=actor, now=now)
            AnnouncementRecipient.objects.bulk_create(
                AnnouncementRecipient(announcement=made, organisation_id=key) for key in audience
            )
            audit.record(actor, "organisations.announce", made.ref, details={"recipients": len(audience)})
    return made


def _audience(
    actor: Actor, network: Organisation, levels: int | None, chosen: Collection[Organisation], now: datetime
) -> list[UUID]:
    if levels is not None and not 1 <= levels <= MOST_LEVELS:
        raise Invalid("levels", "levels", message=_("Choose one of the list."))
    members = member_organisations(actor, network, on=local_date(now, Zone.WIB), levels=levels)
    found = set(members.values_list("pk", flat=True))
    wanted = {row.pk for row in chosen} if levels is None else found
    if not wanted:
        raise Invalid("nobody", "levels", message=_("Choose who shall read it: nobody would."))
    if not wanted <= found:
        raise Invalid("not_a_member", "chosen", message=_("Choose among the members of the network."))
    return sorted(wanted)


def correct_announcement(
    actor: Actor, announcement: Announcement, *, title: LocalizedText, body: LocalizedText, seen: int, now: datetime
) -> AnnouncementVersion:
    """A further version; the former ones can be read. `seen`: the number of the one it corrects. The same text again
    is the version already there. Conflict("edited_meanwhile") where somebody else was faster, with their number.
    """
    authorise(actor, MANAGE, announcement.network)
    _check(title, body)
    with transaction.atomic():
        lock_graph(f"organisations.announcement.{announcement.pk}")
        last = announcement.versions.order_by("-number")[0]
        if (last.title, last.body) == (title, body):
            return last
        if last.number != seen:
            message = _("Somebody corrected this while you were writing. Look at what it says now, then decide.")
            raise Conflict("edited_meanwhile", message=message, theirs={"number": last.number})
        made = _write(announcement, last.number + 1, (title, body), by=actor, now=now)
        details = {"number": made.number}
        audit.record(actor, "organisations.correct_announcement", announcement.ref, details=details)
    return made


def read_announcement(actor: Actor, announcement: Announcement, *, now: datetime) -> int:
    """Note, for each of the actor's organisations that got it, that its last version was opened; how many for the
    first time. NotFound for who is of none of them.
    """
    mine = announcement.recipients.filter(organisation__in=addressed(actor))
    keys = list(mine.values_list("pk", flat=True))
    if not keys:
        raise NotFound(KIND, announcement.pk)
    with transaction.atomic():
        lock_graph(f"organisations.announcement.{announcement.pk}")
        number = announcement.versions.order_by("-number")[0].number
        known = AnnouncementReading.objects.filter(recipient__in=keys, number=number)
        new = set(keys) - set(known.values_list("recipient_id", flat=True))
        AnnouncementReading.objects.bulk_create(
            AnnouncementReading(recipient_id=key, number=number, read_at=now, read_by=actor.person_id)
            for key in sorted(new)
        )
        if new:
            audit.record(actor, "organisations.read_announcement", announcement.ref, details={"number": number})
    return len(new)


def _write(made: Announcement, number: int, texts: Texts, *, by: Actor, now: datetime) -> AnnouncementVersion:
    title, body = texts
    return AnnouncementVersion.objects.create(
        announcement=made, number=number, title=title, body=body, written_at=now, written_by=by.person_id
    )


def _check(title: LocalizedText, body: LocalizedText) -> None:
    for field, text, most in (("title", title, 160), ("body", body, MOST_WORDS)):
        if any(len(words) > most for words in text.values()):
            raise Invalid("too_long", field, message=_("Use at most %(n)s characters.") % {"n": most})
