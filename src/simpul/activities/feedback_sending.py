"""Who can be sent a code, by which way; and handing the mails over, all at once.

A code and the address it goes to are together in the memory of one process alone, for as long as the mails take. If it
dies meanwhile, codes are lost and the rest has to be asked on paper: whom a second mail would go to can't be known.
"""

import smtplib
from collections.abc import Sequence
from dataclasses import dataclass
from random import SystemRandom
from typing import Final

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.translation import gettext as _
from django.utils.translation import override

from simpul.activities.codes import FEWEST
from simpul.activities.models import Event, Participant

_random: Final = SystemRandom()


@dataclass(frozen=True, slots=True)
class Ways:
    """Those who came, each by one way. `on_paper` is how many are left: they, and heads that were counted."""

    by_mail: Sequence[Participant]
    by_letter: Sequence[Participant]
    on_paper: int


def ways_of(event: Event, people: int) -> Ways:
    """`people` is how many came. Where fewer than five could be written to, nobody is: it would be known whose mail it
    was.
    """
    came = Participant.objects.filter(event=event, attendances__undone_at=None, attendances__isnull=False)
    rows = list(came.filter(erased_at=None).distinct().select_related("registration"))
    by_mail = [row for row in rows if row.may_contact and row.email is not None]
    if len(by_mail) < FEWEST:
        by_mail = []
    written = {row.pk for row in by_mail}
    by_letter = [row for row in rows if row.pk not in written and _has_letterbox(row)]
    return Ways(by_mail, by_letter, max(people - len(by_mail) - len(by_letter), 0))


def _has_letterbox(row: Participant) -> bool:
    registration = getattr(row, "registration", None)
    return bool(registration and registration.letterbox)


def hand_over(event: Event, people: Sequence[Participant], codes: Sequence[str]) -> int:
    """How many mails were taken, in no order that means anything."""
    pairs = list(zip(people, codes, strict=True))
    _random.shuffle(pairs)
    return sum(_sent(event, person, code) for person, code in pairs)


def _sent(event: Event, person: Participant, code: str) -> bool:
    if person.email is None:
        return False
    try:
        return bool(_mail(event, person.language, person.email.open(), code).send())
    except (OSError, smtplib.SMTPException):
        return False


def _mail(event: Event, language: str, address: str, code: str) -> EmailMessage:
    """The same words for everybody, in the language they registered in."""
    with override(language):
        subject = _("What did you think of it?")
        lines = [
            _("Thank you for coming to:"),
            event.title.to(language) if event.title else "",
            "",
            _("Tell the organisers what you thought. It takes two minutes, and nobody can see whose answer is whose."),
            f"{settings.SITE}/tanggapan/buka/{code}/",
            "",
            _("The address works once. Don't pass it on."),
        ]
    headers = {"Auto-Submitted": "auto-generated"}
    return EmailMessage(subject, "\n".join(lines) + "\n", to=[address], headers=headers)
