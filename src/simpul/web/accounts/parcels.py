"""What somebody was sending when their session locked: kept in the page they see, sealed, never on the server.

Only what a form's fields hold, up to 64 kB; files have to be chosen again. The parcel opens for the account it was
packed for, in this deployment alone.
"""

import json
from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest, QueryDict

from simpul.vault import cipher
from simpul.vault.errors import VaultError
from simpul.vault.ringfile import current_ring

MOST: Final = 64 * 1024
_FORMS: Final = ("application/x-www-form-urlencoded", "multipart/form-data")


@dataclass(frozen=True, slots=True)
class Parcel:
    """Where the form goes, and its fields in their order."""

    path: str
    fields: tuple[tuple[str, str], ...]


def pack(request: HttpRequest, user_id: str) -> str:
    """The sealed parcel of a POST; "" where there is nothing to keep. Passwords and PINs are typed again."""
    match = request.resolver_match
    if request.method != "POST" or request.content_type not in _FORMS or (match and match.app_name == "accounts"):
        return ""
    body = request.POST.urlencode()
    if not body or len(body) > MOST:
        return ""
    content = json.dumps({"path": request.get_full_path(), "body": body})
    return cipher.seal(current_ring(), _place(user_id), content.encode())


def unpack(text: str, user_id: str) -> Parcel | None:
    """None for no parcel, one of another account, and one that was tampered with."""
    if not text:
        return None
    try:
        content = json.loads(cipher.unseal(current_ring(), _place(user_id), text))
    except VaultError:
        return None
    pairs = QueryDict(content["body"]).lists()
    fields = tuple((name, value) for name, values in pairs for value in values if name != "csrfmiddlewaretoken")
    return Parcel(content["path"], fields)


def _place(user_id: str) -> cipher.Place:
    return cipher.Place("web.accounts.parcel", user_id)
