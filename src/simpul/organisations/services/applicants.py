"""What the applicant does with a receipt in hand, and how the applicant is forgotten."""

from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from simpul.audit import services as audit
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict
from simpul.organisations.admission import CLOSED, Act
from simpul.organisations.models import ApplicationStep, MembershipApplication
from simpul.organisations.rules.applications import require_keeper, require_receipt
from simpul.organisations.turns import lock_application, take_step

REPLIES: Final = frozenset({Act.ANSWER, Act.WITHDRAW})


def reply_to_network(
    actor: Actor, application: MembershipApplication, *, receipt: str, act: str, words: str = "", now: datetime
) -> ApplicationStep:
    """The applicant answers what was asked, or withdraws. No account: the receipt is what lets them.

    NotFound where it is not this application's receipt. Invalid("words_needed"), Conflict("moved_meanwhile").
    """
    require_receipt(application, receipt)
    if act not in REPLIES:
        raise ValueError(f"not an answer: {act!r}")
    with transaction.atomic():
        last = lock_application(application)
        step, is_new = take_step(actor, application, last, act, words=words.strip(), now=now)
        if is_new:
            audit.record(actor, "organisations.reply_to_network", application.ref, details={"act": act})
    return step


def forget_applicant(actor: Actor, application: MembershipApplication, *, now: datetime) -> None:
    """Erase the contact person and all that was written to and by them. Which organisation applied, and what was
    decided by whom, stays. Twice changes nothing more. Conflict("still_open") before it is decided.
    """
    require_keeper(actor, application)
    with transaction.atomic():
        if lock_application(application).state not in CLOSED:
            message = _("This application is not decided yet: its contact is still needed.")
            raise Conflict("still_open", message=message)
        row = MembershipApplication.objects.get(pk=application.pk)
        if row.forgotten_at is not None:
            return
        row.contact_name = row.contact_position = row.contact_phone = row.contact_email = None
        row.forgotten_at = now
        row.save()
        for step in row.steps.filter(words__isnull=False):
            step.words = None
            step.save(update_fields=["words"])
        audit.record(actor, "organisations.forget_applicant", application.ref)
