"""Whether somebody a reporter names may be one of those who would read the complaint.

Any word in common counts, titles aside: keeping a complaint from one too many harms nobody, showing it to the wrong
person may.
"""

from typing import Final

from simpul.kernel.text import fold_words

SHORTEST: Final = 3
_TITLES: Final = frozenset(
    """
    pak bapak ibu bang kak mas mbak haji hajah hajjah ustaz ustad ustadz ustadzah tuan guru tgh inaq amaq papuq mamiq
    baiq lalu raden kepala desa dusun kadus kawil ketua sekretaris bendahara anggota kader relawan pendamping kantor
    suami istri ayah mertua paman kakak adik tetangga dia orang yang dan dari
    """.split()  # noqa: SIM905 - as a list it would take a page
)


def name_words(text: str) -> frozenset[str]:
    """The words of a name that tell somebody apart."""
    return frozenset(w for w in fold_words(text).split() if len(w) >= SHORTEST and w not in _TITLES)


def may_be(typed: str, *names: str) -> bool:
    """Whether what was typed may mean the person, or the office, of one of these names."""
    words = name_words(typed)
    return any(words & name_words(name) for name in names)
