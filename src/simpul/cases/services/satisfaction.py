"""How it felt, as one of three faces: given with a receipt, changed with the same one, tied to nobody."""

from datetime import date, datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from simpul.audit import services as audit
from simpul.cases.complaint_kinds import Face, Secret, Side
from simpul.cases.complaint_receipts import digests_of
from simpul.cases.models import Complaint, ComplaintSecret, Satisfaction
from simpul.cases.rules.complaints import KIND
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict, Invalid, NotFound
from simpul.kernel.time import Zone, local_date
from simpul.vault.blind import keyed_digests

PURPOSE: Final = "cases.satisfaction"


def give_face(actor: Actor, secret: ComplaintSecret, *, receipt: str, face: int, now: datetime) -> None:
    """Once for each complaint, from its first answer on; with the same receipt (as `plain` gave it) it is changed.

    The row is found by an HMAC of the receipt, which is stored nowhere, so nobody but its holder can tell whose it is.
    NotFound for a receipt that was ended, left with somebody, or another one; Conflict("unanswered"),
    Conflict("other_receipt") where it was given with the four words and now comes with digits; Invalid("face").
    """
    if face not in Face.values:
        raise Invalid("face", "face", message=_("Choose one of the faces."))
    if secret.digest not in digests_of(receipt) or secret.kind == Secret.TRUSTED:
        raise NotFound(KIND)
    with transaction.atomic():
        complaint = Complaint.objects.select_for_update().get(pk=secret.complaint_id)
        if not ComplaintSecret.objects.filter(pk=secret.pk, ended_at=None).exists():
            raise NotFound(KIND)
        if not _is_answered(complaint):
            raise Conflict("unanswered", message=_("There is no answer yet. Come back when there is one."))
        _write(complaint, receipt, face, now)
        # Never the face: nothing may tell whose it was.
        audit.record(actor, "cases.give_face", complaint.ref)


def _is_answered(complaint: Complaint) -> bool:
    """Whether there is something to feel about: a decision, or a word from the desk."""
    return complaint.decided_at is not None or complaint.messages.filter(side=Side.DESK).exists()


def _write(complaint: Complaint, receipt: str, face: int, now: datetime) -> None:
    digests = keyed_digests(PURPOSE, receipt)
    if Satisfaction.objects.filter(digest__in=digests).update(face=face):
        return
    if complaint.rated:
        message = _("You have told us already, with your other receipt. Change it with that one.")
        raise Conflict("other_receipt", message=message)
    Satisfaction.objects.create(
        handler_id=complaint.handler_id, quarter=_first_of_quarter(local_date(now, Zone.WIB)), face=face,
        digest=digests[0],
    )  # fmt: skip
    Complaint.objects.filter(pk=complaint.pk).update(rated=True)


def _first_of_quarter(day: date) -> date:
    return date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
