"""A letter with a head, a few paragraphs, and a code to scan."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from simpul.paper.pictures import qr_svg
from simpul.paper.typesetting import typeset


@dataclass(frozen=True, slots=True)
class Letter:
    """All words come from outside, in the language of whoever reads it. `address` is printed, and scanned. `stamp` is
    what the room for the stamp is called; "" leaves none, and none to sign in.
    """

    language: str
    sender: str
    sender_lines: Sequence[str]
    place_and_day: str
    number: str
    recipient: str
    title: str
    paragraphs: Sequence[str]
    steps: Sequence[str]
    address: str
    address_label: str
    signed: str
    footer: str
    stamp: str = ""


def print_letter(letter: Letter) -> bytes:
    return typeset("letter", {**asdict(letter), "code": qr_svg(letter.address)})
