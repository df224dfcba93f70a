"""No backup holds a key: with both in hand a finder reads everything. Each byte is looked at before it is written."""

from base64 import b64encode, urlsafe_b64encode
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings

from simpul.config.cli.console import stop
from simpul.vault.ringfile import current_ring


class Guard:
    """Watches streams for the secrets of this deployment."""

    def __init__(self, secrets: Sequence[bytes]) -> None:
        self._secrets = [secret for secret in secrets if len(secret) >= 16]
        self._longest = max((len(secret) for secret in self._secrets), default=1)
        self._tail = b""

    def begin(self) -> None:
        """What follows belongs to another member of the archive."""
        self._tail = b""

    def look(self, data: bytes) -> None:
        """Stop where `data`, with the end of what was seen before it, holds a key."""
        seen = self._tail + data
        if any(secret in seen for secret in self._secrets):
            stop(
                "A key of this deployment lies among what would be backed up. No backup was made.",
                "Look in the folder `files` for a copy of the key ring or of the secret key, and take it out.",
            )
        self._tail = seen[-(self._longest - 1) :] if self._longest > 1 else b""


def guard_of_keys() -> Guard:
    """Knows the key ring, in each form it is written in, and the secret key."""
    found = [str(settings.SECRET_KEY).encode()]
    if settings.KEY_RING or Path(settings.KEY_RING_FILE).exists():
        for key in current_ring().keys.values():
            forms = (b64encode(key.secret), urlsafe_b64encode(key.secret))
            found += [key.secret, key.secret.hex().encode(), *(form.rstrip(b"=") for form in forms)]
    return Guard(found)
