"""Slips of paper to cut apart and to draw: each with a code of its own, and nothing that tells one from another."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from simpul.paper.pictures import qr_svg
from simpul.paper.typesetting import typeset


@dataclass(frozen=True, slots=True)
class Slips:
    """`codes` are pairs of the code in letters and the address that is scanned."""

    language: str
    title: str
    event: str
    text: str
    typed: str
    codes: Sequence[tuple[str, str]]


def print_slips(slips: Slips) -> bytes:
    """Eight on a page of A4. ValueError for none."""
    if not slips.codes:
        raise ValueError("there is no code to print")
    drawn = [{"code": code, "picture": qr_svg(address)} for code, address in slips.codes]
    return typeset("slips", {**asdict(slips), "codes": drawn})
