"""Words for secrets that people remember: 2,048 plain Indonesian ones of at most nine letters, chosen by hand.

Four of them carry 44 bits. None names a body, a weapon, an illness, a faith, an insult or a relative; no two are one
slip apart (a letter missing, doubled, changed or swapped with its neighbour) or spoken alike, so that a word heard on
the telephone or typed in haste is right or is none. Their order is part of every receipt that was given out: the list
is never changed, only followed by another.
"""

from importlib.resources import files
from typing import Final

WORDS: Final = tuple(files("simpul.kernel").joinpath("words.txt").read_text(encoding="utf-8").split())
