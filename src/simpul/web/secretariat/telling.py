"""Who is told that there is an announcement: everybody with a role at an organisation it went to."""

from datetime import datetime
from typing import Final
from uuid import NAMESPACE_URL, UUID, uuid5

from django.urls import reverse

from simpul.access.queries.accounts import accounts_at
from simpul.kernel.actor import Actor, System
from simpul.kernel.errors import Invalid, NotFound
from simpul.notices.services.sending import send_notice
from simpul.organisations.models import Announcement
from simpul.organisations.notice_kinds import ANNOUNCED, CORRECTED
from simpul.organisations.queries.announcements import announcement_for

PLATFORM: Final = System("announcements")
_SPACE: Final = uuid5(NAMESPACE_URL, "simpul:notices:announcements")


def tell_of_announcement(announcement: Announcement, number: int, *, now: datetime) -> None:
    """Once a version, however often it is sent. Nobody with an account is no fault: the list says who has not read."""
    organisations = list(announcement.recipients.values_list("organisation_id", flat=True))
    accounts = accounts_at(organisations, now=now)
    try:
        send_notice(
            PLATFORM,
            kind=ANNOUNCED if number == 1 else CORRECTED,
            about=announcement.ref,
            recipients=sorted(accounts),
            id=uuid5(_SPACE, f"{announcement.pk}/{number}"),
            now=now,
        )
    except Invalid:
        return


def page_of_announcement(actor: Actor, key: UUID) -> str | None:
    try:
        return reverse("secretariat:announcement", args=[announcement_for(actor, key).pk])
    except NotFound:
        return None
