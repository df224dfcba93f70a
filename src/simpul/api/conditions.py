"""ETags: a copy that is still true is not sent again, and nobody overwrites what they have not read."""

import hashlib
import re
from typing import Final

from django.http import HttpResponse, HttpResponseNotModified

from simpul.api.callers import Call
from simpul.api.problems import Refused

_VERSION: Final = re.compile(r'^(?:W/)?"v([0-9]{1,9})-[0-9a-f]{20}"$')
_TAG: Final = re.compile(r'(?:W/)?("[^"]*")')


def tagged(call: Call, answer: HttpResponse) -> HttpResponse:
    """The answer with its ETag, or 304 where the caller has it. With the version of a record that is kept under one.

    The tag covers every byte, so that two readers who see different fields have different tags.
    """
    version = f"v{call.version}-" if call.version is not None else ""
    tag = f'"{version}{hashlib.sha256(answer.content).hexdigest()[:20]}"'
    answer.headers["ETag"] = tag
    if call.method in {"GET", "HEAD"} and _has(call.headers.get("If-None-Match", ""), tag):
        unchanged = HttpResponseNotModified()
        unchanged.headers["ETag"] = tag
        return unchanged
    return answer


def seen_version(call: Call) -> int:
    """The version that the caller has read. Refused(428) where the request names none."""
    found = _VERSION.match(call.headers.get("If-Match", "").strip())
    if not found:
        raise Refused(428)
    return int(found[1])


def _has(header: str, tag: str) -> bool:
    return header.strip() == "*" or tag in _TAG.findall(header)
