"""Who may be told of a clock. A context says it for each kind of record it starts clocks on (`AppConfig.ready`).

A clock on a kind nobody declared can't be started: there would be no one to keep an alert from those it must not reach.
"""

from collections.abc import Callable, Collection
from datetime import datetime
from uuid import UUID

from simpul.kernel.refs import RecordRef

# (what it is about, whose it is, roles to be told, now) -> accounts
Teller = Callable[[RecordRef, UUID, Collection[str], datetime], Collection[UUID]]

_tellers: dict[str, Teller] = {}


def declare(kind: str, teller: Teller) -> None:
    """Clocks may run on records of this kind. ValueError for a taken kind."""
    if _tellers.setdefault(kind, teller) is not teller:
        raise ValueError(f"clocks on {kind} have their teller already")


def teller_of(kind: str) -> Teller:
    """KeyError for a kind nobody declared: a fault of the program."""
    return _tellers[kind]
