"""How long the word holds that an organisation is at work: one year, on every page and in every count.

Registered is not active. When the year is over the organisation is registered, and its people are asked again.
"""

from datetime import date, timedelta
from typing import Final

AT_WORK_FOR: Final = timedelta(days=365)


def at_work_since(today: date) -> date:
    """The oldest day on which it can have been said and still hold today."""
    return today - AT_WORK_FOR


def still_holds(confirmed_on: date | None, today: date) -> bool:
    """Whether what was said on that day holds today; never where nobody said it."""
    return confirmed_on is not None and confirmed_on >= at_work_since(today)
