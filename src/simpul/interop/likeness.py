"""Which entries may be one and the same: written differently, but alike in name, place or number.

No pair is compared that shares no clue (a block), and a clue that very many share is none; so 50,000 rows against
50,000 entries stay a matter of seconds.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from heapq import nlargest
from itertools import chain, product
from sys import intern
from typing import Final
from zlib import crc32

from simpul.kernel.text import fold_words

CROWD: Final = 400  # entries under one clue: more, and the clue says nothing
CLOSEST: Final = 60  # entries that one is compared with letter by letter
MOST: Final = 5  # matches told of one entry
ENOUGH: Final = 2  # hints that make a pair worth comparing; a number or a whole name is enough by itself
_HINTS: Final = "<>~^"
LONGEST_ACRONYM: Final = 10
ALIKE: Final = 0.72  # of names in one place
SLIP: Final = 0.75  # of the words in which two names differ
SAME: Final = 0.92  # of names whose places are not both known
SHORTENED: Final = 0.85  # what a name counts whose words are the other's, one of them cut short
WHOLE_WORDS: Final = 2  # that such names have in common

# Said before or after a name without telling two organisations apart.
_FORMS: Final = frozenset(
    """
    yayasan yys perkumpulan perhimpunan lembaga swadaya masyarakat lsm ngo komunitas kelompok organisasi ormas forum
    jaringan konsorsium aliansi koalisi koperasi pt cv tbk ikatan persatuan paguyuban himpunan pusat badan
    foundation association indonesia
    """.split()  # noqa: SIM905 - a list of words reads best as words
)
_SPELLED: Final[Mapping[str, str]] = {
    "lbh": "lembaga bantuan hukum",
    "kk": "kelompok konstituen",
    "pokmas": "kelompok masyarakat",
    "kab": "kabupaten",
    "prov": "provinsi",
    "kec": "kecamatan",
    "ds": "desa",
    "ntb": "nusa tenggara barat",
    "ntt": "nusa tenggara timur",
    "lotim": "lombok timur",
    "lobar": "lombok barat",
    "loteng": "lombok tengah",
    "klu": "lombok utara",
    "sulsel": "sulawesi selatan",
    "sultra": "sulawesi tenggara",
    "jatim": "jawa timur",
    "jateng": "jawa tengah",
    "jabar": "jawa barat",
    "kalbar": "kalimantan barat",
    "sumut": "sumatera utara",
    "aisyiah": "aisyiyah",
    "muhamadiyah": "muhammadiyah",
    "dgn": "dengan",
    "utk": "untuk",
    "dan": "",
    "yang": "",
}
_UNSAID: Final = frozenset({"dan", "untuk", "di"})  # in the initials of a name
_ROMAN: Final = frozenset({"i", "ii", "iii", "iv", "v"})
_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz0123456789"


@dataclass(frozen=True, slots=True)
class Likeness:
    """What of an entry is compared. `key` names it to the caller; `area` is a code, "" where nobody knows."""

    key: str
    names: tuple[str, ...]
    acronyms: tuple[str, ...] = ()
    area: str = ""
    marks: frozenset[str] = frozenset()  # what belongs to one only: telephone, e-mail, tax number, each with its kind


@dataclass(frozen=True, slots=True, order=True)
class Match:
    """`why`: "mark", "name", "acronym"; `score` from 0 to 1."""

    score: float
    key: str
    why: str


@lru_cache(maxsize=50_000)
def core_of(name: str) -> str:
    """A name folded, spelled out, and without the words that only say what kind of body it is."""
    words = [w for word in fold_words(name).split() for w in _SPELLED.get(word, word).split()]
    kept = [w for w in words if w not in _FORMS]
    return " ".join(kept or words)


@dataclass(frozen=True, slots=True)
class _Name:
    """A name as it is compared. `pairs` has a bit for each pair of letters in it: what two names share is one AND."""

    core: str
    plain: str  # the core without spaces
    words: frozenset[str]  # of the core
    folded: str
    initials: str
    pairs: int
    number: int  # of pairs
    numbers: frozenset[str]


@lru_cache(maxsize=20_000)
def _name(name: str) -> _Name:
    core, folded = core_of(name), fold_words(name)
    plain = core.replace(" ", "")
    spoken = folded.split()
    initials = "".join(word[0] for word in spoken if word not in _UNSAID)
    numbers = frozenset(w for w in spoken if w.isdigit() or w in _ROMAN)
    pairs = _pairs(plain)
    words = frozenset(map(intern, core.split()))
    return _Name(core, plain, words, "".join(spoken), initials, pairs, pairs.bit_count(), numbers)


def _pairs(text: str) -> int:
    found = 0
    for n in range(max(1, len(text) - 1)):
        found |= 1 << _bit(text[n : n + 2])
    return found


@lru_cache(maxsize=4_000)
def _bit(pair: str) -> int:
    """Letters and digits of the Latin alphabet each have their own; any others share some."""
    places = [_LETTERS.find(letter) for letter in pair]
    if len(pair) == 2 and min(places) >= 0:
        return places[0] * len(_LETTERS) + places[1]
    return len(_LETTERS) ** 2 + crc32(pair.encode()) % 300


@dataclass(frozen=True, slots=True)
class _Known:
    """An entry as the index keeps it: made ready once."""

    key: str
    names: tuple[_Name, ...]
    acronyms: frozenset[str]
    place: str  # the regency at the most
    marks: frozenset[str]

    @classmethod
    def of(cls, entry: Likeness) -> "_Known":
        short = frozenset(fold_words(acronym).replace(" ", "") for acronym in entry.acronyms)
        return cls(entry.key, tuple(map(_name, entry.names)), short, entry.area[:5], entry.marks)


class Index:
    """Entries to be compared with, each under its clues by its number."""

    def __init__(self, entries: Iterable[Likeness] = ()) -> None:
        self._entries: list[_Known] = []
        self._blocks: dict[str, list[int]] = defaultdict(list)
        for entry in entries:
            self.add(entry)

    def add(self, entry: Likeness) -> None:
        known = _Known.of(entry)
        number = len(self._entries)
        self._entries.append(known)
        for clue in set(_clues(known)):
            block = self._blocks[clue]
            if len(block) <= CROWD:
                block.append(number)

    def matches(self, entry: Likeness) -> list[Match]:
        """The likeliest first, at most MOST; never itself."""
        mine = _Known.of(entry)
        entries = self._entries
        near = [entries[number] for number in self._nearest(mine)]
        found = [match for other in near if other.key != mine.key and (match := _compare(mine, other))]
        return sorted(found, key=lambda m: (-m.score, m.key))[:MOST]

    def _nearest(self, mine: _Known) -> list[int]:
        """The numbers of those that share enough with it. A number, or a whole name, counts as much as two hints."""
        blocks: list[list[int]] = []
        for clue in set(_clues(mine)):
            block = self._blocks.get(clue)
            if block and len(block) <= CROWD:
                blocks += [block] if clue[0] in _HINTS else [block] * ENOUGH
        shared = Counter(chain.from_iterable(blocks))
        # One word alone has few clues, so one is enough; of several words one typing error leaves two.
        enough = 1 if any(" " not in name.core for name in mine.names) else ENOUGH
        # Where thousands share two words, the true double is among those that share the most.
        likely = [(weight, -number) for number, weight in shared.items() if weight >= enough]
        return [-number for _weight, number in nlargest(CLOSEST, likely)]


def _clues(entry: _Known) -> Iterator[str]:
    """A pair that may be one shares at least one of these."""
    yield from entry.marks
    place = entry.place
    for name in entry.names:
        plain = name.plain
        yield f"={plain}"
        yield f"@{name.initials}"
        if len(name.folded) <= LONGEST_ACRONYM:
            yield f"@{name.folded}"  # somebody wrote the short name where the name belongs
        yield f"<{place}{plain[:4]}"
        yield f">{place}{plain[-4:]}"
        for word in name.words:
            if len(word) > 3:
                yield f"~{place}{word[:5]}"
        if place:
            yield f"^{plain[:6]}"
    for acronym in entry.acronyms:
        yield f"@{acronym}"


def _compare(one: _Known, other: _Known) -> Match | None:
    if one.marks and one.marks & other.marks:
        # One telephone may serve several bodies of one house: the number alone is a hint, not a proof.
        return Match(round(0.75 + _likest(one, other) / 4, 3), other.key, "mark")
    together = _together(one.place, other.place)
    if together is False:
        return None
    score = _likest(one, other)
    if score >= (ALIKE if together else SAME) and _may_be_one(one, other, score):
        return Match(round(score, 3), other.key, "name")
    if together and _any_shortened(one, other):
        return Match(SHORTENED, other.key, "name")
    if together and (one.acronyms or other.acronyms) and _by_acronym(one, other):
        return Match(0.8, other.key, "acronym")
    return None


def _likest(one: _Known, other: _Known) -> float:
    best = 0.0
    for mine in one.names:
        for theirs in other.names:
            best = max(best, _similar(mine, theirs))
    return best


def _similar(one: _Name, other: _Name) -> float:
    """How alike two names are: shared pairs of letters, or shared words where their order differs."""
    if one.plain == other.plain:
        return 1.0 if one.core == other.core else 0.99
    letters = 2 * (one.pairs & other.pairs).bit_count() / (one.number + other.number)
    first, second = one.words, other.words
    if letters < 1 and min(len(first), len(second)) > 1 and (first <= second or second <= first):
        return max(letters, 2 * min(len(first), len(second)) / (len(first) + len(second)))
    return letters


def _together(one: str, other: str) -> bool | None:
    """Whether both lie in one regency; None where one of them doesn't tell."""
    if not one or not other:
        return None
    short = min(len(one), len(other))
    return one[:short] == other[:short]


def _may_be_one(one: _Known, other: _Known, score: float) -> bool:
    """False where what differs is no slip of the pen: "Kelompok Tani 3" and "4", "Forum Anak" and "Forum Tani"."""
    if score >= 1.0:
        return True
    return any(
        mine.numbers == theirs.numbers and _is_slip(mine.core.split(), theirs.core.split())
        for mine, theirs in product(one.names, other.names)
    )


def _is_slip(mine: list[str], theirs: list[str]) -> bool:
    """Whether the words that only one of them has are nearly those that only the other has."""
    left = "".join(w for w in mine if w not in theirs)
    right = "".join(w for w in theirs if w not in mine)
    return not (left and right) or SequenceMatcher(None, left, right, autojunk=False).ratio() >= SLIP


def _any_shortened(one: _Known, other: _Known) -> bool:
    for mine in one.names:
        for theirs in other.names:
            words = len(mine.words)
            is_near = WHOLE_WORDS < words == len(theirs.words) == len(mine.words & theirs.words) + 1
            if is_near and _is_shortened(mine.core.split(), theirs.core.split()):
                return True
    return False


def _is_shortened(mine: list[str], theirs: list[str]) -> bool:
    """Word for word the same, but one that is cut short in one of them: "M. Samya Desa" for "Mitra Samya Desa".

    A letter at the end is no word cut short: "Tani Maju Makmur A" is another group than "Tani Maju Makmur Abadi".
    """
    differing = [n for n, (a, b) in enumerate(zip(mine, theirs, strict=False)) if a != b]
    if len(mine) != len(theirs) or len(differing) != 1:
        return False
    [place] = differing
    short, whole = sorted((mine[place], theirs[place]), key=len)
    is_label = place == len(mine) - 1 and len(short) == 1
    return not is_label and short.isalpha() and len(whole) > 3 and whole.startswith(short)


def _by_acronym(one: _Known, other: _Known) -> bool:
    mine = {a for a in one.acronyms if len(a) > 2}
    theirs = {a for a in other.acronyms if len(a) > 2}
    return bool(
        mine & theirs
        or mine & {word for name in other.names for word in (name.initials, name.folded)}
        or theirs & {word for name in one.names for word in (name.initials, name.folded)}
    )
