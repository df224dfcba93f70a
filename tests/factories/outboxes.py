"""Records as a phone writes them: the other half of `accounts.outboxes`, without a browser."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from simpul.accounts.models import Device
from simpul.accounts.outboxes import Purpose, boxed, label, unboxed
from simpul.accounts.queries import outbox_key
from simpul.activities.models import Session
from simpul.kernel.ids import uuid7
from simpul.offline.models import Kind
from simpul.offline.records import Sent


def sent(session: Session, kind: Kind, content: Mapping[str, Any], *, at: datetime, id: UUID | None = None) -> Sent:  # noqa: A002
    return Sent(id or uuid7(), kind, session.pk, content, at)


def record(
    device: Device, sign_in: UUID, session: Session, kind: Kind, content: Mapping[str, Any], **more: Any
) -> dict[str, Any]:
    """As it is sent."""
    key = more.pop("id", None) or uuid7()
    told = json.dumps({"kind": kind.value, "session": str(session.pk), "content": dict(content)})
    box = boxed(outbox_key(device, sign_in), label(Purpose.RECORD, device.pk, sign_in, key), told)
    return {"id": str(key), "box": box, "waited": 0, **more}


def opened(device: Device, sign_in: UUID, answer: Mapping[str, str]) -> dict[str, Any]:
    """What was told of a record, as the phone reads it."""
    bound = label(Purpose.ANSWER, device.pk, sign_in, UUID(answer["id"]))
    found: dict[str, Any] = json.loads(unboxed(outbox_key(device, sign_in), bound, answer["back"]))
    return found
