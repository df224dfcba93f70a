"""Noting in the database which keys it was written with."""

from datetime import datetime

from simpul.vault.models import KnownKey
from simpul.vault.ring import KeyRing


def note_keys(ring: KeyRing, *, now: datetime) -> list[str]:
    """The names of the keys noted for the first time. Within the caller's transaction."""
    known = set(KnownKey.objects.values_list("key_id", flat=True))
    new = sorted(set(ring.keys) - known)
    rows = [KnownKey(key_id=k, fingerprint=ring.fingerprint(k), first_seen_at=now) for k in new]
    KnownKey.objects.bulk_create(rows, ignore_conflicts=True)
    return new
