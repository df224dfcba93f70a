"""What proves a release together with all before it that share its batches: whole tables that all fit what is told.

They are told over finest cells of the outline, so that a checker needs to know nothing of how atoms were taken
together. The first table is the true one, except that what lies below the declared tables stands at one place of each.
As confidential as the counts; only the digest is told, and a secret salt is part of it.
"""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from simpul.disclosure.certificates import fresh_salt
from simpul.disclosure.errors import Refused
from simpul.disclosure.frames import Frame
from simpul.disclosure.packing import digest_of, packed, unpacked
from simpul.disclosure.pool import Narrow, Wide
from simpul.disclosure.spreading import Others

ARRAYS = ("batch", "leaf", "base", "table", "atom", "change")


@dataclass(frozen=True, eq=False)
class Proof:
    """Atom `a` is finest cell `leaf[a]` of `batches[batch[a]]` and holds `base[a]` in the first table.

    Of the `tables` others, `table[e]` has `change[e]` more than that in atom `atom[e]`. Narrow while it is made, as
    there are tens of millions of these; wide as it is read.
    """

    outline: str
    batches: tuple[str, ...]
    tables: int
    batch: Wide
    leaf: Wide
    base: Wide
    table: Wide | Narrow
    atom: Wide | Narrow
    change: Wide | Narrow
    salt: str = field(default_factory=fresh_salt)

    @cached_property
    def data(self) -> bytes:
        heading = {"outline": self.outline, "batches": " ".join(self.batches), "tables": self.tables, "salt": self.salt}
        return packed(heading, {name: getattr(self, name) for name in ARRAYS})

    @property
    def digest(self) -> str:
        return digest_of(self.data)

    @classmethod
    def from_data(cls, data: bytes) -> "Proof":
        """Refused("wrong_certificate")."""
        try:
            heading, arrays = unpacked(data)
            batches = tuple(str(heading["batches"]).split())
            batch, leaf, base, table, atom, change = (arrays[name] for name in ARRAYS)
            outline, tables, salt = str(heading["outline"]), int(str(heading["tables"])), str(heading["salt"])
            return cls(outline, batches, tables, batch, leaf, base, table, atom, change, salt)
        except (Refused, KeyError, ValueError):
            raise Refused("wrong_certificate", "This is no certificate of a book.") from None


def proof_of(outline: str, frame: Frame, others: Others) -> Proof:
    """The proof of a decision; what is 0 in every table is left out."""
    is_kept = frame.worth > 0
    is_kept[others.atom] = True
    place = (np.cumsum(is_kept) - 1).astype(np.int32)
    return Proof(
        outline,
        frame.batches,
        others.many,
        frame.batch[is_kept],
        frame.leaf[is_kept],
        frame.worth[is_kept],
        others.table,
        place[others.atom],
        others.change,
    )


def others_of(proof: Proof, frame: Frame) -> Others | None:
    """The other tables of a proof over the atoms of a frame; None where that has other batches or atoms."""
    many = int(frame.leaf.max(initial=0)) + 1
    own = frame.batch * many + frame.leaf
    order = np.argsort(own, kind="stable")
    theirs = proof.batch * many + proof.leaf
    place = np.searchsorted(own[order], theirs)
    if proof.batches != frame.batches or (proof.leaf >= many).any() or (place >= len(own)).any():
        return None
    atom = order[place]
    if (own[atom] != theirs).any() or (frame.worth[atom] != proof.base).any():
        return None
    narrow = (each.astype(np.int32) for each in (proof.table, atom[proof.atom], proof.change))
    return Others(proof.tables, *narrow)
