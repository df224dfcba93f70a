"""Certificates: A4, lying, one a page. A name in any script we have letters for, and as long as it is."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from simpul.paper.pictures import qr_svg
from simpul.paper.typesetting import typeset


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose it is. `address` is scanned: it leads to the page that says whether the certificate is valid."""

    name: str
    number: str
    code: str
    address: str


@dataclass(frozen=True, slots=True)
class Certificates:
    """All words come from outside. `logo` is a PNG, b"" for none. `given` stands over the name, `for_` under it."""

    language: str
    logo: bytes
    sender: str
    title: str
    given: str
    for_: str
    event: str
    about: Sequence[str]
    place_and_day: str
    signer: str
    signer_position: str
    stamp: str
    check: str
    holders: Sequence[Holder]


def print_certificates(sheet: Certificates) -> bytes:
    """A PDF with a page for each. ValueError for nobody."""
    if not sheet.holders:
        raise ValueError("a certificate is somebody's")
    holders = [{**asdict(one), "picture": qr_svg(one.address)} for one in sheet.holders]
    return typeset("certificate", {**asdict(sheet), "logo": list(sheet.logo), "holders": holders})
