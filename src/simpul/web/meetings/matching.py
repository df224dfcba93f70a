"""Who of an event's people a name in a meeting is: surely, perhaps, or nobody that is known.

People join as "LBH Contoh - Siti", "Bu Siti (HP)", "siti aminah, S.Pd". Whoever is found by a whole name that only one
has, or by their address and a name like theirs, is surely them; all else is put beside the line, to be looked at.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final
from uuid import UUID

from simpul.activities.models import Participant
from simpul.kernel.text import fold_words

ALIKE: Final = 0.84  # of two names, their words in order of the alphabet
NEAR: Final = 0.6  # of two names that share an address
MOST: Final = 3
_PARTED: Final = re.compile(r"\s+[-–—|]\s+|[_|/@]|\s*[()\[\]]\s*|\s+#\s*")
_AFTER_COMMA: Final = re.compile(r",.*$")
# Said before or after a name without telling two people apart.
_TITLES: Final = frozenset(
    """
    bapak pak bpk ibu bu sdr sdri kak mas mbak h hj haji hajjah tgh ustadz ust prof dr drs dra ir
    spd sh se mpd msi mm mh skm sag sos ssos sip stp amd host cohost me saya hp laptop
    """.split()  # noqa: SIM905 - a list of words reads best as words
)
_PROGRAMMES: Final = re.compile(
    r"\b(note\s?taker|notulen ai|read\.ai|otter(\.ai|pilot)?|fireflies|fathom|tl;?dv|zoom ai companion|recorder|bot)\b",
    re.I,
)
_TELEPHONES: Final = frozenset(
    """
    iphone ipad galaxy samsung sm oppo vivo redmi xiaomi realme infinix poco asus huawei android macbook apple laptop hp
    zoom user pengguna guest tamu admin host pro max plus ultra lite note air mini
    """.split()  # noqa: SIM905
)


def is_programme(name: str) -> bool:
    """A programme that takes notes, and nobody."""
    return bool(_PROGRAMMES.search(name))


def is_telephone(name: str) -> bool:
    """What a telephone calls itself when nobody wrote a name: "Galaxy A12", "CPH2185", "iPhone"."""
    words = fold_words(name).split()
    return bool(words) and all(word in _TELEPHONES or any(c.isdigit() for c in word) for word in words)


def names_in(shown: str) -> list[str]:
    """What of a shown name may be somebody's, folded, the whole of it first."""
    whole = _plain(shown)
    parts = [_plain(part) for part in _PARTED.split(shown)]
    return list(dict.fromkeys(name for name in (whole, *parts) if name))


def _plain(name: str) -> str:
    words = fold_words(_AFTER_COMMA.sub("", name)).split()
    kept = [word for word in words if word not in _TITLES]
    return " ".join(kept or words)


@dataclass(frozen=True, slots=True)
class _Known:
    participant: Participant
    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Found:
    """`sure` is who it is. Else `maybe`, the likeliest first, each with how like and why: "mark" for the same address,
    "name" for a name that is nearly the same.
    """

    sure: Participant | None = None
    maybe: tuple[tuple[float, str, Participant], ...] = ()


class Roll:
    """Everybody of one event, by name and address. Names are opened once."""

    def __init__(self, people: Iterable[Participant]) -> None:
        self.people: dict[UUID, _Known] = {}
        for person in people:
            self.add(person)

    def add(self, person: Participant) -> None:
        if person.name is None:
            return
        email = str(person.email.open()).casefold() if person.email else ""
        self.people[person.pk] = _Known(person, _plain(str(person.name.open())), email)

    def find(self, shown: str, email: str = "") -> Found:
        names, address = names_in(shown), email.strip().casefold()
        addressed = [one for one in self.people.values() if address and one.email == address]
        if len(addressed) == 1 and any(_alike(name, addressed[0].name) >= NEAR for name in names):
            return Found(addressed[0].participant)
        if (only := self._by_whole_name(names)) and not _contradicts(only, address):
            return Found(only.participant)
        return Found(maybe=tuple(self._maybe(names, addressed)))

    def _by_whole_name(self, names: list[str]) -> _Known | None:
        """Whom alone of all a name means. A single word is enough only where it is all that was shown."""
        for place, name in enumerate(names):
            same = [one for one in self.people.values() if one.name == name]
            if len(same) == 1 and (place == 0 or " " in name):
                return same[0]
            if same:
                return None
        return None

    def _maybe(self, names: list[str], addressed: list[_Known]) -> Iterator[tuple[float, str, Participant]]:
        here = {one.participant.pk for one in addressed}
        marked = [(1.0, "mark", one.participant) for one in addressed]
        scored = [(_best(names, one.name), "name", one.participant) for one in self.people.values()]
        near = [row for row in scored if row[0] >= ALIKE and row[2].pk not in here]
        near.sort(key=lambda row: (-row[0], row[2].pk))
        yield from [*marked, *near][:MOST]


def _contradicts(one: _Known, address: str) -> bool:
    return bool(address and one.email and one.email != address)


def _best(names: list[str], other: str) -> float:
    return max((_alike(name, other) for name in names), default=0.0)


def _alike(name: str, other: str) -> float:
    """1 for the same words in any order; a name within a longer one counts as nearly that."""
    mine, theirs = sorted(name.split()), sorted(other.split())
    if not mine or not theirs:
        return 0.0
    if mine == theirs:
        return 1.0
    few, many = sorted((set(mine), set(theirs)), key=len)
    if few <= many:
        return 0.95 if len(few) > 1 else 0.85
    if len(mine) == len(theirs) and all(a == b or _cut_short(a, b) for a, b in zip(mine, theirs, strict=True)):
        return 0.9
    return SequenceMatcher(None, " ".join(mine), " ".join(theirs), autojunk=False).ratio()


def _cut_short(one: str, other: str) -> bool:
    """ "m" for "muhammad"."""
    short, whole = sorted((one, other), key=len)
    return len(short) == 1 and whole.startswith(short)
