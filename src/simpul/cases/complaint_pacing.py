"""Wrong receipts are answered ever more slowly, and nobody is locked out: no address on the network is kept or counted.

What is tried fills buckets that run empty with time (GCRA): one for everywhere, one for how a receipt begins. A full
bucket makes the next try wait. The wait is not slept through, which would hold a thread: the page says how long, and
carries a turn, signed, for this receipt and no other; when its time has come the receipt is tried.

    sixteen digits, 53 bits   each wrong one counts; a turn waits 10 seconds at most where everywhere is full, 60 where
                              its own beginning is: what keeps guessing hopeless is the number of receipts
    four words, 44 bits       each try counts, right or wrong, two a second in the long run; whoever finds the queue
                              longer than two minutes is told to use their digits, which always work
    in one browser            after three wrong ones 2, 4, 8 ... 30 seconds, forgotten with its cookie

The decision record does the sums, as the attacker and as a village behind one address.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from simpul.cases.complaint_receipts import beginning, fingerprint, is_words
from simpul.cases.models import ReceiptPace
from simpul.kernel.errors import Conflict

FREE_HERE: Final = 3  # wrong ones in one browser before it waits
LONGEST_HERE: Final = 30  # seconds
_PURPOSE: Final = "cases.receiptpace"
_NEVER: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Bucket:
    """`cost` seconds a try; no wait before `room` seconds are filled; then at most `longest` seconds."""

    name: str
    cost: float
    room: float
    longest: float


@dataclass(frozen=True, slots=True)
class Turn:
    """`wait` whole seconds, 0 where the receipt may be tried now; `ticket` is handed in again with it afterwards."""

    wait: int
    ticket: str = ""


def _buckets(receipt: str) -> tuple[Bucket, ...]:
    start = beginning(receipt)
    if is_words(receipt):
        return (Bucket(f"word {start}", 30, 150, 60),)
    return Bucket("digits", 0.05, 30, 10), Bucket(f"digits {start}", 20, 200, 60)


_WORDS: Final = Bucket("words", 0.5, 60, 120)


def turn_for(receipt: str, *, ticket: str = "", wrong_here: int = 0, now: datetime) -> Turn:
    """When this receipt (as `complaint_receipts.plain` gave it) may be tried. Conflict("too_busy"): words alone."""
    if ticket and (due := _due(ticket, receipt)) is not None:
        left = (due - now).total_seconds()
        return Turn(0) if left <= 0 else Turn(_whole(left), ticket)
    wait = max(_here(wrong_here), *(_wait(bucket, now) for bucket in _buckets(receipt)))
    if is_words(receipt):
        wait = max(wait, _reserve(_WORDS, now))
    if wait <= 0:
        return Turn(0)
    return Turn(_whole(wait), _ticket(receipt, now + timedelta(seconds=_whole(wait))))


def note_wrong(receipt: str, *, now: datetime) -> None:
    """It opened nothing: its buckets are fuller."""
    for bucket in _buckets(receipt):
        _fill(bucket, now)


def forget_empty(now: datetime) -> int:
    """Drop the buckets that have run empty; how many."""
    return ReceiptPace.objects.filter(full_until__lt=now).delete()[0]


def _here(wrong: int) -> float:
    return 0 if wrong < FREE_HERE else min(LONGEST_HERE, 2 ** (wrong - FREE_HERE + 1))


def _wait(bucket: Bucket, now: datetime) -> float:
    """Seconds until it has room again, no more than it may ask for."""
    full = ReceiptPace.objects.filter(pk=_key(bucket)).values_list("full_until", flat=True).first() or now
    return min(bucket.longest, (full - now).total_seconds() - bucket.room)


def _reserve(bucket: Bucket, now: datetime) -> float:
    """A place in its queue, taken at once, so that many who ask at once wait one behind another."""
    if (full := _full(bucket)) and (full - now).total_seconds() - bucket.room > bucket.longest:
        message = _("Four words are tried very often just now. Use your sixteen digits, or come back in some minutes.")
        raise Conflict("too_busy", message=message)
    return (_fill(bucket, now) - now).total_seconds() - bucket.room


def _full(bucket: Bucket) -> datetime | None:
    return ReceiptPace.objects.filter(pk=_key(bucket)).values_list("full_until", flat=True).first()


@transaction.atomic
def _fill(bucket: Bucket, now: datetime) -> datetime:
    """Until when it is full with one try more."""
    key = _key(bucket)
    ReceiptPace.objects.bulk_create([ReceiptPace(bucket=key, full_until=_NEVER)], ignore_conflicts=True)
    row = ReceiptPace.objects.select_for_update().get(pk=key)
    row.full_until = max(row.full_until, now) + timedelta(seconds=bucket.cost)
    row.save(update_fields=["full_until"])
    return row.full_until


def _key(bucket: Bucket) -> str:
    return fingerprint(bucket.name, _PURPOSE)


def _whole(seconds: float) -> int:
    return max(1, -int(-seconds // 1))


def _ticket(receipt: str, due: datetime) -> str:
    return Signer(salt=_PURPOSE).sign_object({"of": fingerprint(receipt, _PURPOSE), "at": due.timestamp()})


def _due(ticket: str, receipt: str) -> datetime | None:
    """When its turn is; None for a ticket of another receipt, or of nobody's making."""
    try:
        said = Signer(salt=_PURPOSE).unsign_object(ticket)
    except (BadSignature, ValueError):
        return None
    return datetime.fromtimestamp(said["at"], UTC) if said["of"] == fingerprint(receipt, _PURPOSE) else None
