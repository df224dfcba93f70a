"""Consent as it is signed with a finger on the telephone: a picture, sealed by its own key like everybody's."""

import io
from collections.abc import Collection
from datetime import datetime
from typing import Any, Final

from PIL import Image, ImageDraw

from simpul.cases.services.consents import give_consent
from simpul.demo.story.casework.acts import LONG, YEAR, acting
from simpul.documents.services.uploads import begin_upload, receive_part
from simpul.kernel.ids import uuid7

SIZE: Final = (640, 240)
# Nobody's: one line as a finger draws it, as (x, y) of the pad.
DRAWN: Final = (
    (60, 150), (80, 90), (110, 60), (120, 110), (105, 170), (140, 120), (170, 140), (190, 120), (210, 150), (235, 110),
    (260, 150), (290, 90), (310, 150), (340, 130), (370, 160), (420, 120), (470, 150), (560, 130),
)  # fmt: skip


def signed(key: str, party: Any, purposes: Collection[str], now: datetime) -> Any:
    """Agreed to by their own hand, on the telephone of whoever of the cast asked them."""
    actor, upload, data = acting(key, now), uuid7(), signature()
    begin_upload(actor, key=upload, size=len(data), now=now)
    receive_part(actor, upload, offset=0, source=io.BytesIO(data), now=now)
    return give_consent(
        actor, party, capacity="self", purposes=purposes, language="id", manner="signature", proof=upload,
        expires_on=max(LONG, now.date() + YEAR), now=now,
    )  # fmt: skip


def signature() -> bytes:
    """PNG, with the words that it is an example."""
    pad = Image.new("RGB", SIZE, "#ffffff")
    pen = ImageDraw.Draw(pad)
    pen.line(DRAWN, fill="#111111", width=5, joint="curve")
    pen.text((60, 205), "DATA CONTOH", fill="#9a3b26")
    out = io.BytesIO()
    pad.save(out, "PNG")
    return out.getvalue()
