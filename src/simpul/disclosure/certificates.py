"""What proves a publication safe: other whole tables that fit it, in which every protected cell differs somewhere.

A certificate is as confidential as the counts; only its digest is told.
"""

import hashlib
from dataclasses import dataclass

import numpy as np

from simpul.disclosure.pool import Wide


@dataclass(frozen=True)
class Certificate:
    """`tables` other tables, sparse: in table `table[e]`, atom `atom[e]` differs from the truth by `change[e]`."""

    tables: int
    table: Wide
    atom: Wide
    change: Wide

    @property
    def digest(self) -> str:
        """SHA-256, in hexadecimal, over the numbers in their order."""
        parts = (np.array([self.tables]), self.table, self.atom, self.change)
        return hashlib.sha256(b"".join(part.astype("<i8").tobytes() for part in parts)).hexdigest()

    def differences(self, number: int, atoms: int) -> Wide:
        """One table's differences to the truth, for every atom."""
        whole = np.zeros(atoms, dtype=np.int64)
        mine = self.table == number
        whole[self.atom[mine]] = self.change[mine]
        return whole


def certificate_of(differences: Wide) -> Certificate:
    """From whole tables of differences, shape (tables, atoms)."""
    table, atom = np.nonzero(differences)
    change = differences[table, atom]
    return Certificate(len(differences), table.astype(np.int64), atom.astype(np.int64), change.astype(np.int64))
