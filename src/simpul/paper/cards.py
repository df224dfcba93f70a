"""The picture that a link carries along where it is shared: 1,200 by 630 pixels, as messengers show it."""

from dataclasses import asdict, dataclass

from simpul.paper.typesetting import typeset


@dataclass(frozen=True, slots=True)
class Card:
    """All words come from outside. `day`, `month` and `weekday` stand on the leaf; `stamp` across it, "" for none."""

    language: str
    title: str
    kind: str
    weekday: str
    day: str
    month: str
    when: str
    place: str
    sender: str
    stamp: str = ""


def draw_card(card: Card) -> bytes:
    """A PNG."""
    return typeset("card", asdict(card), "png")
