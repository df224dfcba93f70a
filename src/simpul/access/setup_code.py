"""The code that proves, over a network, that whoever opens an empty Simpul can read the server's terminal."""

import hashlib
import hmac

from django.conf import settings

from simpul.kernel.ids import ALPHABET, read_code


def setup_code() -> str:
    """Eight characters, the same until the secret key changes; `simpul serve` prints it while Simpul is empty."""
    digest = hmac.new(settings.SECRET_KEY.encode(), b"simpul first run", hashlib.sha256).digest()
    return read_code("".join(ALPHABET[byte % len(ALPHABET)] for byte in digest[:8]))


def is_setup_code(typed: str) -> bool:
    return hmac.compare_digest(read_code(typed), setup_code())
