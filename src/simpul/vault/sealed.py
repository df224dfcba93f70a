"""`Sealed`: a value nobody sees by accident."""

from typing import Any, Generic, NoReturn, Protocol, TypeVar

from simpul.vault import cipher
from simpul.vault.errors import NotBound, SealedUse
from simpul.vault.ringfile import current_ring

Value = TypeVar("Value")

_UNBOUND = "A value from values() can't be opened: fetch the object and open its field."


class Codec(Protocol[Value]):
    """How a field's values become bytes and back."""

    def encode(self, value: Value) -> bytes: ...

    def decode(self, data: bytes) -> Value: ...


class Sealed(Generic[Value]):
    """An encrypted value, or one that will be encrypted when its row is saved. `open()` gives the plaintext.

    It prints as "<sealed>", is equal to nothing, and is never pickled: not into sessions, caches or task arguments.
    """

    __slots__ = ("_codec", "_place", "_plain", "_text", "changed")

    def __init__(
        self,
        text: str | None,
        *,
        plain: bytes | None = None,
        place: cipher.Place | None = None,
        codec: Codec[Value] | None = None,
        changed: bool = False,
    ) -> None:
        self._text = text
        self._plain = plain
        self._place = place
        self._codec = codec
        self.changed = changed  # assigned as plaintext since the row was loaded

    def open(self) -> Value:
        """The plaintext. NotBound for a value from `values()`; UnknownKey, Tampered."""
        if self._codec is None:
            raise NotBound(_UNBOUND)
        return self._codec.decode(self._bytes())

    def _bytes(self) -> bytes:
        if self._plain is not None:
            return self._plain
        if self._text is None or self._place is None:
            raise NotBound(_UNBOUND)
        return cipher.unseal(current_ring(), self._place, self._text)

    def bound(self, place: cipher.Place, codec: Codec[Value]) -> "Sealed[Value]":
        """This value as one of that place; one that has its place, or none yet, stays as it is."""
        if self._text is None or self._place is not None:
            return self
        return Sealed(self._text, place=place, codec=codec, changed=self.changed)

    def sealed_for(self, place: cipher.Place) -> "Sealed[Value]":
        """As it is stored in that place: encrypted now if it never was, and proven to open there if it was before.

        SealedUse for the value of another row; Tampered.
        """
        if self._plain is not None:
            text = cipher.seal(current_ring(), place, self._plain)
            return Sealed(text, place=place, codec=self._codec, changed=True)
        if self._text is None or (self._place is not None and self._place != place):
            raise SealedUse("a sealed value belongs to its row: assign the opened value")
        cipher.unseal(current_ring(), place, self._text)
        return Sealed(self._text, place=place, codec=self._codec, changed=self.changed)

    @property
    def stored(self) -> str | None:
        """The ciphertext; None for a value never saved."""
        return self._text

    def __repr__(self) -> str:
        return "<sealed>"

    def __eq__(self, other: object) -> NoReturn:
        raise SealedUse("sealed values are not compared: open them, or look them up by their blind index")

    __hash__ = None  # type: ignore[assignment]

    def __reduce_ex__(self, protocol: Any) -> NoReturn:
        raise SealedUse("a sealed value is not pickled: pass the id of its row")

    def __copy__(self) -> "Sealed[Value]":
        return self

    def __deepcopy__(self, memo: object) -> "Sealed[Value]":
        return self
