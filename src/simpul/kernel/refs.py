"""A reference to a record of any context that is not a foreign key."""

import re
from dataclasses import dataclass
from uuid import UUID

_KIND = re.compile(r"[a-z_]+\.[a-z_]+")


@dataclass(frozen=True, slots=True, order=True)
class RecordRef:
    """`kind` is "context.model" in lower case ("organisations.organisation"), `uuid` the primary key."""

    kind: str
    uuid: UUID

    def __post_init__(self) -> None:
        if not _KIND.fullmatch(self.kind):
            raise ValueError(f"not a record kind: {self.kind!r}")

    def __str__(self) -> str:
        return f"{self.kind}:{self.uuid}"

    @property
    def context(self) -> str:
        return self.kind.partition(".")[0]

    @classmethod
    def parse(cls, text: str) -> "RecordRef":
        """The inverse of `str()`; ValueError for anything else."""
        kind, _, uuid = text.partition(":")
        return cls(kind, UUID(uuid))
