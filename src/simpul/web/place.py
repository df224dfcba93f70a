"""What a place says of itself."""

from dataclasses import dataclass

from simpul.web.components import Text


@dataclass(frozen=True, slots=True)
class Place:
    """`permission` None: for everybody; "" : for everybody signed in. `frame` False: not in a wide header.

    `promise` says on the front page what one can do there.
    """

    key: str
    label: Text
    path: str
    icon: str
    permission: str | None = None
    order: int = 50
    frame: bool = True
    promise: Text = ""
