"""A write that carries a key is done once, however often it is sent: a lost answer is not a second record.

The key is taken, the write done and its answer kept in one transaction. So of two sent at once the second waits for the
first and gets its answer; and after a crash either all of it is there or nothing.
"""

import hashlib
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.utils.translation import gettext as _

from simpul.accounts.models import ApiToken
from simpul.accounts.tokens import digest
from simpul.api.callers import Call, require_token
from simpul.api.models import Answer
from simpul.api.problems import Refused

KEPT: Final = timedelta(hours=24)
HEADER: Final = "Idempotency-Key"
_KEY: Final = re.compile(r"[\x21-\x7e]{1,200}")
_REPEATED: Final = ("Content-Type", "ETag", "Location")
_ATTEMPTS: Final = 3


class _Undone(Exception):
    def __init__(self, answer: HttpResponse) -> None:
        super().__init__()
        self.answer = answer


def once(call: Call, write: Callable[[], HttpResponse], *, now: datetime) -> HttpResponse:
    """The answer of `write`, or of the same write before. What was refused is not kept: mend it and send it again.

    Refused(401) for the public, Refused(422) for a key that is none, or that came with another request before.
    """
    token = require_token(call).token
    key = call.headers[HEADER].strip()
    if not _KEY.fullmatch(key):
        detail = _("A key has 1 to 200 letters, digits or signs, without spaces.")
        raise Refused(422, "idempotency_key", field=HEADER, detail=detail)
    place, told = digest("api.key", f"{token.pk} {key}"), _digest_of(call)
    for _attempt in range(_ATTEMPTS):
        answer = _first(token, place, told, write, now) or _again(place, told)
        if answer is not None:
            return answer
    raise Refused(409, "idempotency_key_busy", headers={"Retry-After": "1"})


def _first(
    token: ApiToken, place: str, told: str, write: Callable[[], HttpResponse], now: datetime
) -> HttpResponse | None:
    """None where somebody has the key already."""
    try:
        with transaction.atomic():
            Answer.objects.filter(made_at__lte=now - KEPT).delete()
            try:
                with transaction.atomic():
                    row = Answer.objects.create(token=token, key=place, request_digest=told, made_at=now)
            except IntegrityError:
                return None
            answer = write()
            if answer.status_code >= 400:
                raise _Undone(answer)  # noqa: TRY301 - undoes the transaction
            row.status, row.body = answer.status_code, answer.content.decode()
            row.headers = {name: answer.headers[name] for name in _REPEATED if name in answer.headers}
            row.save()
            return answer
    except _Undone as undone:
        return undone.answer


def _again(place: str, told: str) -> HttpResponse | None:
    """None where the row has gone: whoever had the key was refused."""
    row = Answer.objects.filter(key=place).first()
    if row is None or row.status is None or row.body is None:
        return None
    if row.request_digest != told:
        detail = _("This key came with another request before. Use a new key for a new request.")
        raise Refused(422, "idempotency_key_reused", field=HEADER, detail=detail)
    return HttpResponse(str(row.body.open()), status=row.status, headers={**row.headers, "Idempotent-Replayed": "true"})


def _digest_of(call: Call) -> str:
    """All that decides what a request does. Keyed: a digest of few possible bodies could be guessed back."""
    told = hashlib.sha256(call.body).hexdigest()
    return digest("api.request", f"{call.method} {call.get_full_path()} {call.headers.get('If-Match', '')} {told}")
