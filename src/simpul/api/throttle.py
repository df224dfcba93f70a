"""How many requests a token, or a public client, may make: a bucket each, filled evenly, kept in memory alone.

One process serves (config.cli.serve), so the count is exact there; behind several, each keeps its own. Of a public
client only an HMAC of its address under a key of this process is held, and forgotten once its bucket is full again.
"""

import hmac
import secrets
import threading
import time
from dataclasses import dataclass, field
from typing import Final

_MOST_CLIENTS: Final = 10_000
_SALT: Final = secrets.token_bytes(32)


@dataclass
class _Bucket:
    left: float
    at: float


@dataclass
class Throttle:
    """`allow` gives 0, or the seconds to wait."""

    clock: object = time.monotonic
    _buckets: dict[str, _Bucket] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def allow(self, who: str, *, per_minute: int) -> int:
        now: float = self.clock()  # type: ignore[operator]
        rate = per_minute / 60
        with self._lock:
            bucket = self._buckets.setdefault(who, _Bucket(per_minute, now))
            bucket.left = min(per_minute, bucket.left + (now - bucket.at) * rate)
            bucket.at = now
            self._forget(now)
            if bucket.left < 1:
                return max(1, round((1 - bucket.left) / rate + 0.5))
            bucket.left -= 1
            return 0

    def forget_all(self) -> None:
        with self._lock:
            self._buckets.clear()

    def _forget(self, now: float) -> None:
        """Those not heard of for a minute have a full bucket: no row says the same."""
        if len(self._buckets) > _MOST_CLIENTS:
            for who in [who for who, bucket in self._buckets.items() if now - bucket.at > 60]:
                del self._buckets[who]


THROTTLE: Final = Throttle()


def client_key(address: str) -> str:
    """A public client, by what nobody can turn back into an address."""
    return hmac.digest(_SALT, address.encode(), "sha256").hex()
