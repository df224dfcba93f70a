"""What proves a publication safe: other whole tables that fit it, in which every protected cell differs somewhere.

A certificate is as confidential as the counts; only its digest is told. A secret salt is part of it: the method is
deterministic, and without the salt a reader could try candidate tables until the digest is the one that was told.
"""

import secrets
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from simpul.disclosure.errors import Refused
from simpul.disclosure.packing import digest_of, packed, unpacked
from simpul.disclosure.pool import Wide
from simpul.disclosure.spreading import Others


def fresh_salt() -> str:
    """So that a digest that is told confirms no guess at what it is of."""
    return secrets.token_hex(32)


@dataclass(frozen=True)
class Certificate:
    """`tables` other tables, sparse: in table `table[e]`, atom `atom[e]` differs from the truth by `change[e]`."""

    tables: int
    table: Wide
    atom: Wide
    change: Wide
    salt: str = field(default_factory=fresh_salt)

    @cached_property
    def data(self) -> bytes:
        heading = {"tables": self.tables, "salt": self.salt}
        return packed(heading, {"table": self.table, "atom": self.atom, "change": self.change})

    @property
    def digest(self) -> str:
        """SHA-256 over the salt and the numbers in their order."""
        return digest_of(self.data)

    @classmethod
    def from_data(cls, data: bytes) -> "Certificate":
        """Refused("unreadable_data")."""
        heading, arrays = unpacked(data)
        try:
            table, atom, change = (arrays[name] for name in ("table", "atom", "change"))
            return cls(int(str(heading["tables"])), table, atom, change, str(heading["salt"]))
        except (KeyError, ValueError):
            raise Refused("unreadable_data", "This is no certificate.") from None

    def differences(self, number: int, atoms: int) -> Wide:
        """One table's differences to the truth, for every atom."""
        whole = np.zeros(atoms, dtype=np.int64)
        mine = self.table == number
        whole[self.atom[mine]] = self.change[mine]
        return whole


def certificate_of(others: Others) -> Certificate:
    """From other tables."""
    table, atom, change = (each.astype(np.int64) for each in (others.table, others.atom, others.change))
    return Certificate(others.many, table, atom, change)
