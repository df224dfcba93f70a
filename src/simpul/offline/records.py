"""A record as it comes out of its box, and what is answered to it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from simpul.kernel.errors import Invalid, Message
from simpul.offline.models import Kind

MOST_LETTERS: Final = 20_000


class State(StrEnum):
    """What became of a record, as `web/static/js/outbox.js` reads it: the first two alone leave the phone's queue."""

    ACCEPTED = "accepted"
    THERE = "there"  # delivered before, or noted by somebody else
    CLASH = "clash"  # both are shown, a person decides
    REFUSED = "refused"
    DAMAGED = "damaged"  # its box can't be opened
    WAITS = "waits"  # not now: somebody else is signed in
    GONE = "gone"  # the phone is trusted no more


@dataclass(frozen=True, slots=True)
class Sent:
    """`noted_at` is by the server's clock. `content` is as the phone wrote it: its handler reads each field."""

    id: UUID
    kind: Kind
    session: UUID
    content: Mapping[str, Any]
    noted_at: datetime

    def text(self, name: str) -> str:
        value = self.content.get(name, "")
        return value if isinstance(value, str) else ""

    def key(self, name: str) -> UUID | None:
        try:
            return UUID(self.text(name))
        except ValueError:
            return None

    @property
    def insists(self) -> bool:
        """Somebody has seen both, and stays with this one."""
        return self.content.get("insists") is True

    @property
    def said(self) -> str:
        """The same for the same words: what the digest is of. A person's decision about a clash is no other record."""
        told = {name: value for name, value in self.content.items() if name not in DECISIONS}
        return json.dumps([self.kind, str(self.session), told], sort_keys=True, ensure_ascii=False)


DECISIONS: Final = frozenset({"insists", "same", "seen"})


@dataclass(frozen=True, slots=True)
class Answer:
    """`name` is whom it is about; `theirs` what stands here instead (field -> words), with `same` and `seen` to decide
    by.
    """

    state: State
    receipt: str = ""
    received_at: datetime | None = None
    code: str = ""
    said: Message = ""
    name: str = ""
    theirs: Mapping[str, str] = field(default_factory=dict)
    same: UUID | None = None
    seen: int = 0


def read(record_id: UUID, text: str, *, noted_at: datetime) -> Sent:
    """Invalid("damaged") for what no phone of ours writes."""
    try:
        told = json.loads(text)
        if not isinstance(told, dict) or len(text) > MOST_LETTERS:
            raise Invalid("damaged")
        content = told["content"]
        if not isinstance(content, dict):
            raise Invalid("damaged")
        return Sent(record_id, Kind(told["kind"]), UUID(told["session"]), content, noted_at)
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as wrong:
        raise Invalid("damaged") from wrong
