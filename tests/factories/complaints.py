"""Complaints for tests, sent through the form's own services."""

from datetime import datetime
from typing import Any

from simpul.cases.complaint_drafting import keep_answers
from simpul.cases.complaint_receipts import new_key
from simpul.cases.models import Complaint, ComplaintSecret
from simpul.cases.queries.complaint_drafts import receipt_of_sent
from simpul.cases.queries.complaints import secret_by_receipt
from simpul.cases.services.complaints import submit_complaint
from simpul.kernel.actor import Anonymous
from simpul.organisations.models import Organisation, WorkingArea
from simpul.territory.models import Area
from tests.cast import NOW
from tests.factories.territory import MASBAGIK_UTARA_BARU, areas

PUBLIC = Anonymous()
VILLAGE = MASBAGIK_UTARA_BARU
SOCIAL: dict[str, Any] = {"area": VILLAGE, "matter": "AD", "about": "nobody", "narrative": "KTP belum jadi."}
VIOLENCE: dict[str, Any] = {"area": VILLAGE, "matter": "K", "about": "person", "narrative": "Saya takut pulang."}


def works_in(organisation: Organisation, *codes: str) -> Area:
    """The organisation works there; straight into its table."""
    found = areas(*codes)
    for area in found:
        WorkingArea.objects.create(organisation=organisation, area=area, recorded_at=NOW)
    return found[0]


def drafted(said: dict[str, Any], *, now: datetime = NOW) -> str:
    """A draft with these answers; its key."""
    key = new_key()
    keep_answers(key, said, now=now)
    return key


def complain(said: dict[str, Any] | None = None, *, now: datetime = NOW, **more: Any) -> Complaint:
    key = drafted({**(said or SOCIAL), **more}, now=now)
    return submit_complaint(PUBLIC, key=key, now=now)


def complain_with_receipt(
    said: dict[str, Any] | None = None, *, now: datetime = NOW, **more: Any
) -> tuple[Complaint, str, ComplaintSecret]:
    """Also its sixteen digits, and what they open."""
    key = drafted({**(said or SOCIAL), **more}, now=now)
    submit_complaint(PUBLIC, key=key, now=now)
    complaint, digits = receipt_of_sent(key, now=now)
    return complaint, digits, secret_by_receipt(digits)
