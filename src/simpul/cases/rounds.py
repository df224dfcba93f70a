"""What the platform does about cases and complaints by itself."""

from datetime import timedelta
from typing import Final

from simpul.cases.complaint_drafting import forget_expired
from simpul.cases.complaint_pacing import forget_empty
from simpul.cases.services.complaint_desk import note_complaints_read, take_in_complaints
from simpul.cases.services.exports import end_exports
from simpul.cases.services.listed import forget_old_lists
from simpul.cases.services.referral_answers import note_unanswered
from simpul.cases.services.retention import end_retention
from simpul.cases.services.transfer_answers import note_transfers_unanswered
from simpul.kernel.actor import System
from simpul.kernel.rounds import Clock, round_of

PLATFORM: Final = System("cases")


@round_of("cases.unanswered", every=timedelta(minutes=5))
def unanswered(clock: Clock) -> int:
    """Referrals, and cases offered to another organisation, whose time for an answer is over; how many."""
    now = clock()
    return note_unanswered(PLATFORM, now=now) + note_transfers_unanswered(PLATFORM, now=now)


@round_of("cases.forget_drafts", every=timedelta(minutes=1))
def forget_drafts(clock: Clock) -> int:
    """Complaints that were begun and not sent, half an hour after the last word; how many."""
    now = clock()
    forget_empty(now)
    return forget_expired(now)


@round_of("cases.read", every=timedelta(minutes=1))
def read(clock: Clock) -> int:
    """Complaints that somebody has read: their time for that ends; and those that came before anybody was here to read
    them; how many.
    """
    now = clock()
    return note_complaints_read(PLATFORM, now=now) + take_in_complaints(PLATFORM, now=now)


@round_of("cases.retention", every=timedelta(hours=24))
def retention(clock: Clock) -> int:
    """Cases whose time was over and whose coordinators were warned, and names on old lists; how many went."""
    now = clock()
    return end_retention(PLATFORM, now=now) + forget_old_lists(PLATFORM, now=now)


@round_of("cases.exports", every=timedelta(minutes=10))
def exports(clock: Clock) -> int:
    """Files of the register that waited for a day; how many went."""
    return end_exports(PLATFORM, now=clock())
