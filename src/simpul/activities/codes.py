"""One-time codes for feedback: sixteen letters, drawn for many at once, stored as digests in the order of these.

Whose code is whose is known to nobody: it goes into a mail, a letter or onto paper, and is forgotten.
"""

from collections.abc import Iterable, Sequence
from typing import Final

from simpul.activities.models import FeedbackForm, FeedbackTicket
from simpul.organisations.receipts import new_receipt, receipt_digests

PURPOSE: Final = "activities.feedback.code"
FEWEST: Final = 5  # answers shown together, and people written to together


def draw_codes(form: FeedbackForm, number: int) -> list[str]:
    """New codes of this form, in the caller's transaction: hand them out, and keep them nowhere."""
    drawn = [new_receipt() for _n in range(number)]
    digests = sorted(receipt_digests(code, PURPOSE)[0] for code in drawn)
    FeedbackTicket.objects.bulk_create([FeedbackTicket(form=form, digest=digest) for digest in digests])
    return drawn


def ticket_of(code: str) -> FeedbackTicket | None:
    rows = FeedbackTicket.objects.filter(digest__in=receipt_digests(code, PURPOSE))
    return rows.select_related("form__event__owner_organisation", "form__event__area", "form__event__series").first()


def put_together(held: dict[str, object], answer: str, *, in_words: bool) -> dict[str, object]:
    """A bag with one answer more. Texts stand in the order of the alphabet, which tells nothing of who came first."""
    counts = dict(_counts(held))
    texts = list(_texts(held))
    if in_words:
        texts = sorted([*texts, answer])
    else:
        counts[answer] = counts.get(answer, 0) + 1
    return {"counts": dict(sorted(counts.items())), "texts": texts}


def _counts(held: dict[str, object]) -> Iterable[tuple[str, int]]:
    found = held.get("counts")
    return found.items() if isinstance(found, dict) else ()


def _texts(held: dict[str, object]) -> Sequence[str]:
    found = held.get("texts")
    return found if isinstance(found, list) else ()
