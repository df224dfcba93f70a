"""Work done after the answer: mail."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.core.mail import send_mail
from django.utils import translation
from django.utils.translation import gettext as _
from django_tasks import task

from simpul.accounts import services
from simpul.accounts.models import User
from simpul.kernel.actor import System


@task()
def mail_password_reset(user_id: str, address: str, asked_at: str) -> None:
    """Make a link and mail it; `address` is the page before the token, `asked_at` an instant. `user_id` "" is nobody:
    the asker waits as long for both.

    The token is made here, so that no table of tasks ever holds one.
    """
    user = User.objects.filter(pk=UUID(user_id), is_active=True).first() if user_id else None
    if user is None or not user.email:
        return
    token = services.open_password_reset(System("mail"), user, now=datetime.fromisoformat(asked_at))
    with translation.override(settings.LANGUAGE_CODE):
        subject = _("A new password for Simpul")
        body = _(
            "Somebody asked for a new password for your Simpul account. If it was you, open this page within an hour:\n"
            "\n%(link)s\n\n"
            "If it was not you, do nothing: your present password still holds."
        ) % {"link": f"{address}{token}/"}
    send_mail(subject, body, None, [user.email.open()])


def tell_old_address(address: str) -> None:
    """To whoever reads mail there: the account's e-mail address or phone number changed. Nothing without a mail server.

    Sent at once and not queued, for an address must stand in no table of tasks; a server that fails does not undo the
    change.
    """
    if not address or not settings.MAIL_LEAVES:
        return
    with translation.override(settings.LANGUAGE_CODE):
        subject = _("Your Simpul account was changed")
        body = _(
            "The e-mail address or phone number of your Simpul account was changed just now. If it was you, there is "
            "nothing to do.\n\n"
            "If it was not you, call your coordinator at once: they can sign your devices out and help you back in."
        )
    send_mail(subject, body, None, [address], fail_silently=True)
