"""What a row may hold, and who may read which rows."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from simpul.kernel.actor import Actor

Detail = str | int | bool | UUID | date | Sequence[str | int | UUID] | None

_ACT = re.compile(r"[a-z_]+\.[a-z_]+")
_KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
_CODE = re.compile(r"[A-Za-z0-9_.:/+-]{0,80}")
_CODE_WORDS = re.compile(r"[a-z0-9_-]{1,20}( [a-z0-9_-]{1,20}){1,2}")
# What is made of digits and is not somebody's number.
_HARMLESS = re.compile(
    r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"  # a UUID
    r"|\d{2}(\.\d{2}(\.\d{2}(\.\d{4})?)?)?"  # an area code
    r"|\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(\+00:00|Z)?)?"  # a date or an instant
)
_SEPARATORS = re.compile(r"[\s().+:/_-]")
_MOST_KEYS = 20
_MOST_ITEMS = 200
_SOMEBODYS_NUMBER = 9  # digits: telephone numbers, NIK, NPWP and accounts have at least as many


class UnsafeDetail(ValueError):
    """A detail that could hold personal data. Names the key, never the value. A mistake in the calling service."""


def check_act(act: str) -> str:
    """The name of an act, "context.verb_noun". ValueError for anything else."""
    if not _ACT.fullmatch(act) or len(act) > 80:
        raise ValueError(f"not the name of an act: {act!r}")
    return act


def check_purpose(purpose: str) -> str:
    """A word or two for what the platform did by itself."""
    if not _is_code(purpose) or len(purpose) > 40:
        raise UnsafeDetail("the purpose of System is one to three short code words")
    return purpose


def safe_details(details: Mapping[str, Detail]) -> dict[str, object]:
    """The details as they are stored. UnsafeDetail for what is not an id, a code, a name of a field, a small number."""
    if len(details) > _MOST_KEYS:
        raise UnsafeDetail(f"an act has at most {_MOST_KEYS} details")
    return {_safe_key(key): _safe_value(key, value) for key, value in details.items()}


def _safe_key(key: str) -> str:
    if not _KEY.fullmatch(key):
        raise UnsafeDetail("the name of a detail is lower case with underscores")
    return key


def _safe_value(key: str, value: Detail) -> object:
    if isinstance(value, str | int | UUID | date) or value is None:
        return _safe_scalar(key, value)
    if not isinstance(value, Sequence) or isinstance(value, bytes | bytearray) or len(value) > _MOST_ITEMS:
        raise UnsafeDetail(f"{key}: a list of at most {_MOST_ITEMS} ids, codes or numbers")
    return [_safe_scalar(key, item) for item in value]


def _safe_scalar(key: str, value: object) -> str | int | bool | None:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, int):
        if abs(value) >= 10**_SOMEBODYS_NUMBER:
            raise UnsafeDetail(f"{key}: a number this long could be somebody's")
        return int(value)
    if not isinstance(value, str) or not _is_code(str(value)):
        raise UnsafeDetail(f"{key}: only ids, codes and names of fields are kept, never words or numbers of people")
    return str(value)


def _is_code(text: str) -> bool:
    if _HARMLESS.fullmatch(text):
        return True
    if not (_CODE.fullmatch(text) or _CODE_WORDS.fullmatch(text)):
        return False
    bare = _SEPARATORS.sub("", text)
    return not (bare.isdigit() and len(bare) >= _SOMEBODYS_NUMBER)


def visible_to(actor: Actor) -> Q:
    """The acts this actor may read: all of them where `audit.read` reaches the whole node, otherwise none.

    A row names no organisation, so a grant at one organisation shows nothing here; the operator has no grant at all.
    """
    nothing = Q(pk__in=())
    return ~nothing if reads_all(actor) else nothing


def reads_all(actor: Actor) -> bool:
    return actor.scope("audit.read").everywhere
