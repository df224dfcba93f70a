"""Five faces, the best first: how a rating is asked and how it is shown."""

from collections.abc import Mapping
from typing import Final

# Rating -> the mouth in a square of 48.
MOUTHS: Final[Mapping[str, str]] = {
    "5": "M13 27c3 12 19 12 22 0z",
    "4": "M14 29c4 7 16 7 20 0",
    "3": "M15 31h18",
    "2": "M15 33c4-4 14-4 18 0",
    "1": "M14 35c4-9 16-9 20 0",
}
