"""Recording acts: the one write every other write ends with."""

from collections.abc import Mapping

from simpul.kernel.actor import Actor
from simpul.kernel.refs import RecordRef

Detail = str | int | bool | None | list[str]


def record(actor: Actor, act: str, ref: RecordRef | None, *, details: Mapping[str, Detail] | None = None) -> None:
    """Record that `actor` did `act` ("organisations.rename_organisation") to `ref`, within the caller's transaction.

    `details` holds ids, codes and names of changed fields: never personal data, never what was typed.
    """
