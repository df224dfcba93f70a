"""How columns were named the last time, and what words meant. Called by services, within their transaction."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from simpul.interop.models import ColumnMemory, ImportBatch, WordMemory
from simpul.interop.queries import head_digest, keeper_of
from simpul.kernel.text import fold

_LOOKED_AT: Final = 10  # files of the same keeper


def recall(batch: ImportBatch, heads: Sequence[str]) -> tuple[dict[int, str], Mapping[str, Any]]:
    """Place -> name of the column, and the options: of the file with the very same heads, else head by head.

    A head that was left out in another file is no reason to leave it out in this one.
    """
    memories = ColumnMemory.objects.filter(keeper=keeper_of(batch), recipe=batch.recipe).order_by("-used_at")
    digests = [head_digest(fold(head)) for head in heads]
    same = memories.filter(signature=_signature(digests)).first()
    if same is not None:
        return {n: same.mapping[d] for n, d in enumerate(digests) if heads[n] and d in same.mapping}, same.options
    named: dict[str, str] = {}
    for memory in reversed(list(memories[:_LOOKED_AT])):
        named |= {digest: name for digest, name in memory.mapping.items() if name}
    return {n: named[d] for n, d in enumerate(digests) if heads[n] and d in named}, {}


def write_names(batch: ImportBatch, heads: Sequence[str], guesses: Sequence[str]) -> None:
    """What was guessed of each head, unless it was named before. In the caller's transaction."""
    remembered, options = recall(batch, heads)
    taken: set[str] = set()
    mapping: dict[str, str] = {}
    for place, guessed in enumerate(guesses):
        name = remembered.get(place, guessed)
        mapping[str(place)] = "" if name in taken else name
        taken.add(name)
    batch.mapping, batch.options = mapping, {**options, **batch.options}
    ImportBatch.objects.filter(pk=batch.pk).update(mapping=batch.mapping, options=batch.options)


def remember(batch: ImportBatch, heads: Sequence[str], now: datetime) -> None:
    digests = [head_digest(fold(head)) for head in heads]
    mapping = {d: batch.mapping.get(str(n), "") for n, d in enumerate(digests) if heads[n]}
    options = {name: value for name, value in batch.options.items() if name.startswith("default_")}
    ColumnMemory.objects.update_or_create(
        keeper=keeper_of(batch),
        recipe=batch.recipe,
        signature=_signature(digests),
        defaults={"mapping": mapping, "options": options, "used_at": now},
    )


def remember_words(batch: ImportBatch, meanings: Mapping[str, Mapping[str, str]], now: datetime) -> None:
    """`meanings`: column -> digest of a word -> its code."""
    for column, taught in meanings.items():
        for digest, code in taught.items():
            WordMemory.objects.update_or_create(
                keeper=keeper_of(batch),
                recipe=batch.recipe,
                column=column,
                digest=digest,
                defaults={"code": code, "used_at": now},
            )


def _signature(digests: Sequence[str]) -> str:
    return hashlib.sha256("|".join(digests).encode()).hexdigest()
