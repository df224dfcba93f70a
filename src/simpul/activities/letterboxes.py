"""Letters that a receipt alone opens.

While somebody registers we hold their receipt for a moment. A key pair follows from it; the public half is kept with
the registration. Later something can be left for them that nobody else reads: not who has the database and its key ring
either, for neither holds the receipt. Reading a letter changes nothing, so that nothing tells whether it was read.

X25519 with a key pair of the letter's own, HKDF-SHA256, AES-256-GCM.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as BadText
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from simpul.organisations.receipts import plain_receipt

_OWN: Final = b"simpul.activities.letterbox.1"
_LETTER: Final = b"simpul.activities.letter.1"
_KEY: Final = 32  # bytes
# Each letter has a key of its own, used once.
_NONCE: Final = bytes(12)


def letterbox_of(receipt: str) -> str:
    """The public half, as hexadecimal; "" for what is no receipt."""
    own = _own_key(receipt)
    return own.public_key().public_bytes_raw().hex() if own else ""


def put_in(letterbox: str, words: str) -> str:
    """The letter, to be kept beside the letterbox. ValueError for what is no letterbox."""
    box = X25519PublicKey.from_public_bytes(bytes.fromhex(letterbox))
    once = X25519PrivateKey.generate()
    shown = once.public_key().public_bytes_raw()
    sealed = AESGCM(_derived(once.exchange(box), _LETTER + shown)).encrypt(_NONCE, words.encode(), None)
    return urlsafe_b64encode(shown + sealed).decode()


def taken_out(letter: str, receipt: str) -> str:
    """What the letter says; "" where this receipt does not open it."""
    own = _own_key(receipt)
    if own is None:
        return ""
    try:
        body = urlsafe_b64decode(letter)
        shown, sealed = body[:_KEY], body[_KEY:]
        shared = own.exchange(X25519PublicKey.from_public_bytes(shown))
        return AESGCM(_derived(shared, _LETTER + shown)).decrypt(_NONCE, sealed, None).decode()
    except (ValueError, BadText, InvalidTag):
        return ""


def _own_key(receipt: str) -> X25519PrivateKey | None:
    plain = plain_receipt(receipt)
    return X25519PrivateKey.from_private_bytes(_derived(plain.encode(), _OWN)) if plain else None


def _derived(secret: bytes, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=_KEY, salt=None, info=purpose).derive(secret)
