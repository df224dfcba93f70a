"""The kinds of notices. A context declares its own in `AppConfig.ready`; nothing else can be sent.

A kind's words are fixed. What varies is a few parameters of declared shapes, none of which can hold a name, an address
or a sentence, so that no notice carries personal data, not even inside Simpul.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final

from django.utils.functional import Promise

_KEY: Final = re.compile(r"[a-z_]+\.[a-z_]+")
# A human code: capitals and digits in groups, and at least one digit, so that no name passes for one.
_CODE: Final = re.compile(r"(?=.*\d)[A-Z0-9]{1,12}(?:[-/.][A-Z0-9]{1,12}){0,4}")
MOST: Final = 10**12

Param = int | str | date


class Shape(StrEnum):
    """What a parameter may be."""

    NUMBER = "number"  # an int
    DAY = "day"  # a date
    CODE = "code"  # a human code: "K7Q2-M4TD", "ADU-2026-014"


@dataclass(frozen=True, slots=True)
class NoticeKind:
    """`key` is "context.what". `summary` may be empty; it names its parameters as %(name)s."""

    key: str
    title: Promise
    summary: Promise | str = ""
    params: Mapping[str, Shape] = field(default_factory=dict)


class UnsafeParam(ValueError):
    """A parameter nobody declared, or one that its shape does not allow. A fault of the program, not of a person."""


_kinds: dict[str, NoticeKind] = {}


def declare(kind: NoticeKind) -> None:
    """Make a kind known. ValueError for a malformed or a taken key."""
    if not _KEY.fullmatch(kind.key):
        raise ValueError(f"not a kind of notice: {kind.key!r}")
    if _kinds.setdefault(kind.key, kind) is not kind:
        raise ValueError(f"{kind.key} is declared already")


@contextmanager
def declared(kind: NoticeKind) -> Iterator[None]:
    """A kind that exists for the length of a block: for tests."""
    declare(kind)
    try:
        yield
    finally:
        del _kinds[kind.key]


def kind_of(key: str) -> NoticeKind:
    """KeyError for one nobody declared."""
    return _kinds[key]


def known(key: str) -> NoticeKind | None:
    """The kind, or None where the context that declared it is gone."""
    return _kinds.get(key)


def stored(kind: NoticeKind, params: Mapping[str, Param]) -> dict[str, int | str]:
    """Parameters as they are kept. UnsafeParam unless they are exactly those declared, each of its shape."""
    if params.keys() != kind.params.keys():
        raise UnsafeParam(f"{kind.key} takes {sorted(kind.params)}, not {sorted(params)}")
    return {name: _stored(kind.params[name], value) for name, value in params.items()}


def _stored(shape: Shape, value: Param) -> int | str:
    if shape is Shape.NUMBER and type(value) is int and abs(value) <= MOST:
        return value
    if shape is Shape.DAY and type(value) is date:
        return value.isoformat()
    if shape is Shape.CODE and isinstance(value, str) and _CODE.fullmatch(value):
        return value
    raise UnsafeParam(f"not a {shape}")


def read(kind: NoticeKind, kept: Mapping[str, int | str]) -> dict[str, Param]:
    """Parameters as they were given, of those that the kind still declares."""
    return {
        name: date.fromisoformat(str(kept[name])) if shape is Shape.DAY else kept[name]
        for name, shape in kind.params.items()
        if name in kept
    }
