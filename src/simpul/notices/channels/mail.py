"""E-mail. A mail server that says yes has taken it, no more: whether it delivers is not told to us.

A second mail is a second mail, so nothing is sent again whose end is unknown: at most once.
"""

import smtplib
from collections.abc import Callable, Iterable
from contextlib import suppress

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from simpul.notices.channels.carrying import NotHandedOver, Parcel, Uncertain

INBOX = "/pemberitahuan/"


class Mail:
    repeatable = False

    def hand_over(self, parcel: Parcel, commit: Callable[[], None]) -> None:
        if parcel.user.email is None:
            raise NotHandedOver("no_address", final=True)
        message = written(parcel, parcel.user.email.open())
        server = get_connection()
        try:
            _greet(server)
            commit()
            _send(server, message)
        finally:
            with suppress(OSError, smtplib.SMTPException):
                server.close()


def written(parcel: Parcel, address: str) -> EmailMessage:
    """The sentence, and the way to the inbox; nothing else."""
    host = settings.SITE.partition("://")[2].partition(":")[0]
    headers = {"Message-ID": f"<{parcel.key.hex}@{host}>", "Auto-Submitted": "auto-generated"}
    return EmailMessage(parcel.text, f"{parcel.text}.\n\n{settings.SITE}{INBOX}\n", to=[address], headers=headers)


def _greet(server: BaseEmailBackend) -> None:
    """Connect and sign in: as long as this fails, nothing was said of anybody."""
    try:
        server.open()
        line = getattr(server, "connection", None)
        if isinstance(line, smtplib.SMTP):
            line.ehlo_or_helo_if_needed()
    except smtplib.SMTPAuthenticationError:
        raise NotHandedOver("sign_in_refused", closed=True) from None
    except (OSError, smtplib.SMTPException):
        raise NotHandedOver("unreachable", closed=True) from None


def _send(server: BaseEmailBackend, message: EmailMessage) -> None:
    try:
        server.send_messages([message])
    except smtplib.SMTPRecipientsRefused as error:
        raise _refused(code for code, _said in error.recipients.values()) from None
    except smtplib.SMTPResponseException as error:
        raise _refused([error.smtp_code]) from None
    except (OSError, smtplib.SMTPException):
        # The line broke after we began to speak: the server may have taken it or not.
        raise Uncertain("no_answer") from None


def _refused(codes: Iterable[int]) -> NotHandedOver:
    """Refused in so many words; from 500 on for good."""
    worst = max(codes, default=500)
    return NotHandedOver("refused" if worst >= 500 else "refused_for_now", final=worst >= 500)
