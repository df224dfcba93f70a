"""What the platform does about organisations by itself."""

from datetime import timedelta
from typing import Final

from simpul.kernel.actor import System
from simpul.kernel.rounds import Clock, round_of
from simpul.organisations.queries.applications import to_forget
from simpul.organisations.services.applicants import forget_applicant

PLATFORM: Final = System("organisations")


@round_of("organisations.forget_applicants", every=timedelta(hours=6))
def forget(clock: Clock) -> int:
    """As the form promises: half a year after the decision nothing of the contact person is left. How many."""
    now = clock()
    rows = to_forget(PLATFORM, now)
    for row in rows:
        forget_applicant(PLATFORM, row, now=now)
    return len(rows)
