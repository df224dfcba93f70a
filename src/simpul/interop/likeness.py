"""Which entries may be one and the same: written differently, but alike in name, place or number.

No pair is compared that shares no clue (a block), and a clue that very many share is none; so 50,000 rows against
50,000 entries stay a matter of seconds.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from heapq import nlargest
from typing import Final

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


@lru_cache(maxsize=200_000)
def core_of(name: str) -> str:
    """A name folded, spelled out, and without the words that only say what kind of body it is."""
    words = [w for word in fold_words(name).split() for w in _SPELLED.get(word, word).split()]
    kept = [w for w in words if w not in _FORMS]
    return " ".join(kept or words)


@lru_cache(maxsize=200_000)
def initials_of(name: str) -> str:
    return "".join(word[0] for word in fold_words(name).split() if word not in {"dan", "untuk", "di"})


def similar(one: str, other: str) -> float:
    """How alike two cores are: shared pairs of letters, or shared words where their order differs."""
    if one == other:
        return 1.0
    plain, second = one.replace(" ", ""), other.replace(" ", "")
    if plain == second:
        return 0.99
    letters = _dice(_pairs(plain), _pairs(second))
    first_words, second_words = set(one.split()), set(other.split())
    if min(len(first_words), len(second_words)) > 1 and (first_words <= second_words or second_words <= first_words):
        letters = max(letters, _dice(first_words, second_words))
    return letters


@lru_cache(maxsize=20_000)
def _pairs(text: str) -> frozenset[str]:
    return frozenset(text[n : n + 2] for n in range(len(text) - 1)) or frozenset({text})


def _dice(one: AbstractSet[str], other: AbstractSet[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other))


class Index:
    """Entries to be compared with. Holds strings alone: 100,000 entries take some 150 MB less than with their sets."""

    def __init__(self, entries: Iterable[Likeness] = ()) -> None:
        self._entries: dict[str, Likeness] = {}
        self._blocks: dict[str, list[str]] = defaultdict(list)
        for entry in entries:
            self.add(entry)

    def add(self, entry: Likeness) -> None:
        self._entries[entry.key] = entry
        for clue in set(_clues(entry)):
            block = self._blocks[clue]
            if len(block) <= CROWD:
                block.append(entry.key)

    def matches(self, entry: Likeness) -> list[Match]:
        """The likeliest first, at most MOST; never itself."""
        shared: Counter[str] = Counter()
        for clue in set(_clues(entry)):
            block = self._blocks.get(clue, ())
            if len(block) <= CROWD:
                weight = 1 if clue[0] in _HINTS else ENOUGH
                for key in block:
                    shared[key] += weight
        del shared[entry.key]
        # One word alone has few clues, so one is enough; of several words one typing error leaves two.
        enough = 1 if any(" " not in core_of(name) for name in entry.names) else ENOUGH
        # Where thousands share two words, the true double is among those that share the most.
        closest = nlargest(CLOSEST, shared.items(), key=lambda item: item[1])
        near = (self._entries[key] for key, weight in closest if weight >= enough)
        found = [match for other in near if (match := _compare(entry, other))]
        return sorted(found, key=lambda m: (-m.score, m.key))[:MOST]


def _clues(entry: Likeness) -> Iterator[str]:
    """A pair that may be one shares at least one of these."""
    yield from entry.marks
    place = entry.area[:5]
    for name in entry.names:
        core = core_of(name)
        plain = core.replace(" ", "")
        yield f"={plain}"
        yield f"@{initials_of(name)}"
        if len(_short(name)) <= LONGEST_ACRONYM:
            yield f"@{_short(name)}"  # somebody wrote the short name where the name belongs
        yield f"<{place}{plain[:4]}"
        yield f">{place}{plain[-4:]}"
        for word in set(core.split()):
            if len(word) > 3:
                yield f"~{place}{word[:5]}"
        if place:
            yield f"^{plain[:6]}"
    for acronym in entry.acronyms:
        yield f"@{_short(acronym)}"


@lru_cache(maxsize=100_000)
def _short(acronym: str) -> str:
    return fold_words(acronym).replace(" ", "")


def _compare(one: Likeness, other: Likeness) -> Match | None:
    if one.marks & other.marks:
        alike = max((similar(core_of(a), core_of(b)) for a in one.names for b in other.names), default=0.0)
        # One telephone may serve several bodies of one house: the number alone is a hint, not a proof.
        return Match(round(0.75 + alike / 4, 3), other.key, "mark")
    together = _together(one.area, other.area)
    if together is False:
        return None
    score = max((similar(core_of(a), core_of(b)) for a in one.names for b in other.names), default=0.0)
    if score >= (ALIKE if together else SAME) and _may_be_one(one, other, score):
        return Match(round(score, 3), other.key, "name")
    if together and _by_acronym(one, other):
        return Match(0.8, other.key, "acronym")
    return None


def _together(one: str, other: str) -> bool | None:
    """Whether both lie in one regency; None where one of them doesn't tell."""
    if not one or not other:
        return None
    short = min(len(one[:5]), len(other[:5]))
    return one[:short] == other[:short]


def _may_be_one(one: Likeness, other: Likeness, score: float) -> bool:
    """False where what differs is no slip of the pen: "Kelompok Tani 3" and "4", "Forum Anak" and "Forum Tani"."""
    if score >= 1.0:
        return True
    return any(_numbers(a) == _numbers(b) and _is_slip(core_of(a), core_of(b)) for a in one.names for b in other.names)


def _is_slip(one: str, other: str) -> bool:
    """Whether the words that only one of them has are nearly those that only the other has."""
    mine, theirs = one.split(), other.split()
    left = "".join(w for w in mine if w not in theirs)
    right = "".join(w for w in theirs if w not in mine)
    return not (left and right) or SequenceMatcher(None, left, right, autojunk=False).ratio() >= SLIP


def _numbers(name: str) -> frozenset[str]:
    return frozenset(w for w in fold_words(name).split() if w.isdigit() or w in {"i", "ii", "iii", "iv", "v"})


def _by_acronym(one: Likeness, other: Likeness) -> bool:
    mine = {_short(a) for a in one.acronyms if len(_short(a)) > 2}
    theirs = {_short(a) for a in other.acronyms if len(_short(a)) > 2}
    return bool(
        mine & theirs
        or mine & {initials_of(n) for n in other.names}
        or theirs & {initials_of(n) for n in one.names}
        or mine & {_short(n) for n in other.names}
        or theirs & {_short(n) for n in one.names}
    )
