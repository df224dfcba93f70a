"""The key ring: what is in it, where it lies, who may read it.

As text it is JSON:

    {"version": 1, "current": "3f9a01c2", "index": "3f9a01c2", "index_next": null, "rotating": null,
     "keys": {"3f9a01c2": {"secret": "<32 bytes, base64url>", "made_at": "2025-02-07T03:12:00+00:00"}}}

`current` seals new values. `index` makes blind indexes, `index_next` the second column of them while a rotation is
under way, which `rotating` names. Every other key only opens what it once sealed.
"""

import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from simpul.vault.errors import RingBroken, UnknownKey

VERSION = 1
_SECRET = 32  # bytes
_DISTINCT = 16  # 32 random bytes have about 30 distinct values; fewer than 16 come from no random source


@dataclass(frozen=True, slots=True)
class Key:
    """`id` is 8 hexadecimal digits and stands in clear before every value sealed with the key."""

    id: str
    secret: bytes = field(repr=False)
    made_at: datetime

    def __post_init__(self) -> None:
        if len(self.id) != 8 or not set(self.id) <= set("0123456789abcdef"):
            raise RingBroken("A key's name in the key ring is not 8 hexadecimal digits.")
        if len(self.secret) != _SECRET or len(set(self.secret)) < _DISTINCT:
            raise RingBroken(
                f"Key {self.id} of the key ring is weak: a key is {_SECRET} random bytes. "
                "Make one with `simpul keys new`."
            )

    @classmethod
    def make(cls, now: datetime) -> "Key":
        return cls(secrets.token_hex(4), secrets.token_bytes(_SECRET), now)


@dataclass(frozen=True)
class KeyRing:
    """Immutable; a rotation writes a new one. RingBroken where the parts don't fit together."""

    keys: Mapping[str, Key] = field(repr=False)
    current: str
    index: str
    index_next: str | None = None
    rotating: str | None = None

    def __post_init__(self) -> None:
        named = {self.current, self.index, self.index_next, self.rotating} - {None}
        if not named <= set(self.keys):
            raise RingBroken("The key ring names a key it does not hold. Restore it from an export.")

    @classmethod
    def make(cls, now: datetime) -> "KeyRing":
        key = Key.make(now)
        return cls({key.id: key}, current=key.id, index=key.id)

    @classmethod
    def parse(cls, text: str) -> "KeyRing":
        """RingBroken for anything `text` did not write, naming no secret."""
        try:
            return cls._from(json.loads(text))
        except (ValueError, KeyError, TypeError, AttributeError):
            raise RingBroken(
                "The key ring can't be read: it is not what `simpul keys new` writes. Restore it from an export."
            ) from None

    @classmethod
    def _from(cls, data: dict[str, object]) -> "KeyRing":
        if data["version"] != VERSION or not isinstance(data["keys"], dict):
            raise ValueError
        keys = {
            str(name): Key(str(name), urlsafe_b64decode(row["secret"]), datetime.fromisoformat(row["made_at"]))
            for name, row in data["keys"].items()
        }
        names = {n: data.get(n) for n in ("index_next", "rotating")}
        return cls(
            keys,
            str(data["current"]),
            str(data["index"]),
            *(None if names[n] is None else str(names[n]) for n in ("index_next", "rotating")),
        )

    def text(self) -> str:
        """The ring as it is stored: secrets in clear."""
        return json.dumps(
            {
                "version": VERSION,
                "current": self.current,
                "index": self.index,
                "index_next": self.index_next,
                "rotating": self.rotating,
                "keys": {
                    k.id: {"secret": urlsafe_b64encode(k.secret).decode(), "made_at": k.made_at.isoformat()}
                    for k in self.keys.values()
                },
            },
            indent=1,
        )

    def with_key(self, key: Key) -> "KeyRing":
        return replace(self, keys={**self.keys, key.id: key})

    def without_key(self, key_id: str) -> "KeyRing":
        return replace(self, keys={k.id: k for k in self.keys.values() if k.id != key_id})

    def derive(self, key_id: str, purpose: str) -> bytes:
        """32 bytes for one purpose ("field:people_person.phone"). UnknownKey where the ring lacks the key."""
        known = self._derived.get((key_id, purpose))
        if known is None:
            if key_id not in self.keys:
                raise UnknownKey(
                    f"The key ring lacks key {key_id!r}, which sealed this value. Restore the ring this database was "
                    "written with (`simpul keys import`)."
                )
            info = f"simpul.vault.1:{purpose}".encode()
            known = HKDF(SHA256(), 32, salt=None, info=info).derive(self.keys[key_id].secret)
            self._derived[key_id, purpose] = known
        return known

    def fingerprint(self, key_id: str) -> str:
        """Tells two keys of one name apart without telling anything of either: 16 hexadecimal digits."""
        return self.derive(key_id, "fingerprint").hex()[:16]

    @cached_property
    def _derived(self) -> dict[tuple[str, str], bytes]:
        return {}
