"""Who may change what operators add. Areas themselves are public."""

from simpul.kernel.actor import Actor
from simpul.kernel.errors import Denied
from simpul.kernel.refs import RecordRef

MANAGE = "territory.manage"


def check_may_manage(actor: Actor, ref: RecordRef | None = None) -> None:
    """Denied unless the permission is held for the whole node: areas belong to no organisation."""
    if not actor.scope(MANAGE).everywhere:
        raise Denied(MANAGE, ref)
