"""What was sent from a draft, while its key still lies in the cookie."""

from datetime import datetime
from typing import Final

from simpul.cases.complaint_drafting import draft_of
from simpul.cases.complaint_receipts import digests_of, digits_of
from simpul.cases.models import Complaint, ComplaintSecret
from simpul.cases.rules.complaints import KIND
from simpul.kernel.errors import NotFound

DRAFT: Final = "cases.complaintdraft"
ATTEMPTS: Final = 5  # at a receipt that nobody else has


def receipt_of_sent(key: str, *, now: datetime) -> tuple[Complaint, str]:
    """The complaint sent from that draft and its sixteen digits, for the half hour in which the page may come again.

    NotFound where nothing was sent under the key, or too long ago.
    """
    draft = draft_of(key, now=now)
    if draft is None or draft.sent_at is None:
        raise NotFound(DRAFT)
    complaint = Complaint.objects.select_related("handler", "area").get(pk=draft.complaint)
    for attempt in range(ATTEMPTS):
        digits = digits_of(key, attempt)
        if ComplaintSecret.objects.filter(complaint=complaint, digest__in=digests_of(digits)).exists():
            return complaint, digits
    raise NotFound(KIND, complaint.pk)
