"""Writing to those who left an address with their registration and said that we may.

At most once: a mail is marked as told before it is handed over, and what can't be handed over goes on the list of those
to be called. It says what is on the event's own page, and nothing of whoever registered.
"""

import smtplib
from datetime import datetime
from typing import Final
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import override

from simpul.activities.models import Telling, Way, What
from simpul.records.locks import let_others_write

MOST: Final = 200  # at one walk


def send_waiting(*, now: datetime) -> int:
    """How many were handed over."""
    waiting = Telling.objects.filter(way=Way.MAIL, told_at=None, failed_at=None, due_at__lte=now)
    keys = list(waiting.order_by("due_at", "id").values_list("pk", flat=True)[:MOST])
    return sum(_send(key, now) for key in keys)


def _send(key: UUID, now: datetime) -> bool:
    rows = Telling.objects.filter(pk=key, told_at=None, failed_at=None)
    if not rows.update(told_at=now):
        return False  # another worker has it
    row = Telling.objects.select_related("registration__participant", "registration__event__area").get(pk=key)
    address = row.registration.participant.email
    sent = address is not None and _handed_over(written(row, address.open()))
    if not sent:
        Telling.objects.filter(pk=key).update(told_at=None, failed_at=now)
    let_others_write()
    return sent


def _handed_over(mail: EmailMessage) -> bool:
    try:
        return bool(mail.send())
    except (OSError, smtplib.SMTPException):
        return False


def written(row: Telling, address: str) -> EmailMessage:
    """In the language they registered in."""
    event = row.registration.event
    with override(row.registration.participant.language):
        day = formats.date_format(event.local_start, "j F Y")
        when = _("%(day)s, %(time)s %(zone)s") % {
            "day": day,
            "time": event.local_start.strftime("%H.%M"),
            "zone": event.zone_name,
        }
        said = {
            What.SOON: _("The event you registered for is coming up."),
            What.MOVED: _("The event you registered for was moved. It is now at this time:"),
            What.CANCELLED: _("The event you registered for was cancelled. It would have been at this time:"),
            What.OFFERED: _("A seat has become free for you. Open your registration to take it, or to leave it."),
            What.CERTIFICATE: _("Your certificate is there. Open your registration with its number to download it."),
        }[What(row.what)]
        title = event.title.to(row.registration.participant.language) if event.title else ""
        place = [event.venue] if event.venue else []
        page = "pendaftaran/" if row.what == What.CERTIFICATE else f"kegiatan/{event.pk}/"
        lines = [said, "", title, when, *place, "", f"{settings.SITE}/{page}"]
    headers = {"Auto-Submitted": "auto-generated"}
    return EmailMessage(said, "\n".join(lines) + "\n", to=[address], headers=headers)
