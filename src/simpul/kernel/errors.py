"""The few errors a service raises. `web` and `api` each map them to answers once.

`message` is text for a person: what happened and what to do next, never personal data. It may be a lazy translation.
"""

from collections.abc import Mapping
from typing import Protocol
from uuid import UUID

from simpul.kernel.refs import RecordRef


class Message(Protocol):
    """A string, or a lazily translated one: anything `str()` turns into words."""

    def __str__(self) -> str: ...


class SimpulError(Exception):
    """Base of all anticipated errors."""


class Denied(SimpulError):
    """The actor lacks `permission`, on the record `ref` where there is one."""

    def __init__(self, permission: str, ref: RecordRef | None = None) -> None:
        super().__init__(permission)
        self.permission = permission
        self.ref = ref


class NotFound(SimpulError):
    """Nothing here that this actor may see; the same answer for what does not exist."""

    def __init__(self, kind: str, uuid: UUID | None = None) -> None:
        super().__init__(kind)
        self.kind = kind
        self.uuid = uuid


class Invalid(SimpulError):
    """What was sent can't be accepted. `field` is the input to mend, None for the whole form."""

    def __init__(
        self, code: str, field: str | None = None, *, message: Message = "", params: Mapping[str, object] | None = None
    ) -> None:
        super().__init__(code)
        self.code = code
        self.field = field
        self.message = message
        self.params = dict(params or {})


class TooSoon(Invalid):
    """Tried too often: nothing is looked at before `minutes` have passed."""

    def __init__(self, code: str, *, minutes: int, message: Message = "") -> None:
        super().__init__(code, message=message, params={"minutes": minutes})
        self.minutes = minutes


class Conflict(SimpulError):
    """What was sent is in order, but the world has moved: somebody else's edit, a taken place, a refused transition.

    `theirs` carries the fields that differ (field -> value now stored) so that both versions can be shown.
    """

    def __init__(self, code: str, *, message: Message = "", theirs: Mapping[str, object] | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.message = message
        self.theirs = dict(theirs or {})


class Gone(Conflict):
    """It was here and is over for good: called back, run out. Asking again changes nothing."""
