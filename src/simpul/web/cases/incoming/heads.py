"""The heads of an export: paths of groups, names of a form or the questions themselves, and what the tool adds."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from simpul.kernel.text import fold, fold_words
from simpul.web.cases.incoming.unfolding import PERSON, is_of_others

# What KoboToolbox and ODK write beside the answers. Anything else of theirs says nothing about a case.
_THEIRS: Final = {
    "_uuid": "number",
    "meta/instanceid": "number",
    "meta-instanceid": "number",
    "instanceid": "number",
    "_submission__uuid": "number",
    PERSON: "person",
    "_submission_time": "received",
    "submissiondate": "received",
    "_submitted_by": "written_by",
}
_FIRST: Final = ("_uuid", "_submission_time")  # rather than what else seems to say the same
_ASKING: Final = frozenset({"apa", "apakah", "siapa", "siapakah", "berapa", "berapakah", "kapan", "di", "mana", "anda"})
_NUMBERED: Final = re.compile(r"^(?:[a-z]?\d+\s+)+")


def column_of(head: str, names: Mapping[str, str]) -> str:
    """`names` are folded -> column. "" where nobody can tell, and for whatever is said of somebody else."""
    plain = head.strip().casefold()
    if plain in _THEIRS:
        return _THEIRS[plain]
    if plain.startswith(("_", "meta/", "meta-")):
        return ""
    return next((names[key] for phrase in _phrases(plain) for key in [fold(phrase)] if key in names), "")


def rank(head: str) -> bool:
    """Whether this head comes after one of the tool's own that means the same."""
    return head.strip().casefold() not in _FIRST


def _phrases(head: str) -> Iterator[str]:
    """From the most telling: "korban/nama" is "korban nama", "nama korban", and at last "nama"."""
    path = [fold_words(part) for part in re.split(r"/", head) if part.strip()]
    if not path:
        return
    *groups, leaf = path
    parent = groups[-1:]
    leaves = dict.fromkeys((leaf, _bare(leaf), _theirs(_bare(leaf))))
    yield from (" ".join((*parent, one)) for one in leaves)
    yield from (" ".join((one, *parent)) for one in leaves)
    if not any(is_of_others(group) for group in groups):
        yield from leaves


def _bare(question: str) -> str:
    """Without its number and its question word: "3. Siapa nama korban?" is "nama korban"."""
    words = _NUMBERED.sub("", question).split()
    while words and words[0] in _ASKING:
        words.pop(0)
    return " ".join(words)


def _theirs(question: str) -> str:
    """ "namanya" is their "nama"."""
    return " ".join(word.removesuffix("nya") or word for word in question.split())


def by_rank(heads: Sequence[str], guesses: Sequence[str]) -> list[str]:
    """Of several heads that mean the same column the tool's own counts, else the first."""
    order = sorted(range(len(heads)), key=lambda place: (rank(heads[place]), place))
    taken: dict[str, int] = {}
    for place in order:
        taken.setdefault(guesses[place], place)
    return [guess if guess and taken[guess] == place else "" for place, guess in enumerate(guesses)]
