"""The number a case is called by: which organisation, which year, and four characters by chance.

Counted numbers would tell a companion, by the gaps between the cases they see, that there are others.
"""

import re
from typing import Final

from simpul.cases.models import Case, CaseSeries
from simpul.kernel.ids import human_code, read_code
from simpul.kernel.text import fold_words
from simpul.organisations.models import Organisation
from simpul.records.locks import lock_graph

LENGTH: Final = 4  # a million a year
_GENERIC = {"kelompok", "konstituen", "kk", "lbk", "yayasan", "lembaga", "forum", "desa", "kelurahan", "perkumpulan"}


def prefix_of(name: str) -> str:
    """Three letters for an organisation: "LNT" for "Kelompok Konstituen Lentera"."""
    words = fold_words(name).split()
    own = [word for word in words if word not in _GENERIC] or words or ["x"]
    letters = re.sub(r"[^a-z]", "", "".join(own)) or "x"
    consonants = letters[0] + re.sub(r"[aeiou]", "", letters[1:])
    return (consonants if len(consonants) >= 3 else letters)[:3].ljust(3, "x").upper()


def next_code(organisation: Organisation, year: int) -> str:
    """A free one, "LNT-2025-4K7Q". In the transaction that writes the case: no number is given twice."""
    lock_graph(f"cases.series.{organisation.pk}")
    row, _created = CaseSeries.objects.get_or_create(
        owner_organisation=organisation, year=year, defaults={"prefix": prefix_of(organisation.name)}
    )
    while True:
        code = f"{row.prefix}-{year}-{human_code(LENGTH)}"
        if not Case.objects.filter(owner_organisation=organisation, code=code).exists():
            return code


def read_number(typed: str) -> str:
    """A number as somebody typed it off the telephone: look-alike letters of its last part are forgiven."""
    head, _dash, tail = typed.strip().upper().rpartition("-")
    return f"{head}-{read_code(tail)}"
