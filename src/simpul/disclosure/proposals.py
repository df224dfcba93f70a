"""A release before it is one: what it would tell, what that costs, and what proves it. Confidential throughout."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cached_property

from simpul.disclosure.chains import key_of, labels_of
from simpul.disclosure.dimensions import Labels
from simpul.disclosure.errors import Refused
from simpul.disclosure.packing import digest_of, packed, unpacked


@dataclass(frozen=True)
class Cell:
    """A declared cell of a period: one label a column of the outline, `Total` for a margin; None where it is blank."""

    period: str
    labels: Labels
    value: int | None

    @property
    def key(self) -> str:
        """Stable text, unique in its book: the period and the labels as JSON."""
        return key_of((self.period, *self.labels))


@dataclass(frozen=True)
class Cost:
    """Of the cells that are declared for a release: how many are told, and what is hidden.

    `protected` are below their threshold; `secondary` are hidden for their sake. Values are sums over declared cells,
    so that a record counts once in each margin. `tables` is how many other tables prove it.
    """

    declared: int
    published: int
    blank: int
    protected: int
    secondary: int
    value: int
    value_hidden: int
    value_secondary: int
    tables: int


@dataclass(frozen=True, eq=False)
class Proposal:
    """`head` is the digest of the last release when it was decided; `batches` are the digests of what it covers."""

    tier: str
    period: str
    cells: tuple[Cell, ...]
    certificate: bytes
    cost: Cost
    head: str
    batches: Mapping[str, str]

    @cached_property
    def certificate_digest(self) -> str:
        return digest_of(self.certificate)

    @cached_property
    def published(self) -> dict[str, int | None]:
        """Values by the key of the labels, as a line has them."""
        return {key_of(cell.labels): cell.value for cell in self.cells}

    @cached_property
    def data(self) -> bytes:
        heading = {
            "tier": self.tier,
            "period": self.period,
            "cells": self.published,
            "certificate": self.certificate.hex(),
            "cost": asdict(self.cost),
            "head": self.head,
            "batches": dict(self.batches),
        }
        return packed(heading, {})

    @classmethod
    def from_data(cls, data: bytes) -> "Proposal":
        """Refused("unreadable_data")."""
        said, _ = unpacked(data)
        try:
            told: dict[str, int | None] = said["cells"]  # type: ignore[assignment]
            period = str(said["period"])
            return cls(
                str(said["tier"]),
                period,
                tuple(Cell(period, labels_of(key), value) for key, value in told.items()),
                bytes.fromhex(str(said["certificate"])),
                Cost(**said["cost"]),  # type: ignore[arg-type]
                str(said["head"]),
                said["batches"],  # type: ignore[arg-type]
            )
        except (KeyError, TypeError, ValueError, AttributeError):
            raise Refused("unreadable_data", "This is no proposal.") from None
