"""Who may touch the keys."""

from simpul.kernel.actor import Actor
from simpul.kernel.errors import Denied


def check_may_keep_keys(actor: Actor) -> None:
    """Denied("node.configure") for whoever does not configure the whole node."""
    if not actor.scope("node.configure").everywhere:
        raise Denied("node.configure")
