"""The number a case is called by: which organisation, which year, how many."""

import re

from simpul.cases.models import CaseSeries
from simpul.kernel.text import fold_words
from simpul.organisations.models import Organisation
from simpul.records.locks import lock_graph

_GENERIC = {"kelompok", "konstituen", "kk", "lbk", "yayasan", "lembaga", "forum", "desa", "kelurahan", "perkumpulan"}


def prefix_of(name: str) -> str:
    """Three letters for an organisation: "LNT" for "Kelompok Konstituen Lentera"."""
    words = fold_words(name).split()
    own = [word for word in words if word not in _GENERIC] or words or ["x"]
    letters = re.sub(r"[^a-z]", "", "".join(own)) or "x"
    consonants = letters[0] + re.sub(r"[aeiou]", "", letters[1:])
    return (consonants if len(consonants) >= 3 else letters)[:3].ljust(3, "x").upper()


def next_code(organisation: Organisation, year: int) -> str:
    """The next free one, "LNT-2025-0007". In the transaction that writes the case: no number is lost or doubled."""
    lock_graph(f"cases.series.{organisation.pk}")
    row, _created = CaseSeries.objects.get_or_create(
        owner_organisation=organisation, year=year, defaults={"prefix": prefix_of(organisation.name)}
    )
    row.last += 1
    row.save(update_fields=["last"])
    return f"{row.prefix}-{year}-{row.last:04d}"
