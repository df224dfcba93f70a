"""What `simpul check` asks of the keys. Whether the ring can be used at all is a system check (vault.E001 and on)."""

from collections.abc import Iterator
from datetime import datetime

from simpul.kernel.health import Finding, probe
from simpul.vault.queries import last_export, ring_mismatches
from simpul.vault.ringfile import current_ring


@probe("vault.ring")
def ring_of_this_database(now: datetime) -> Iterator[Finding]:
    mismatches = ring_mismatches()
    for problem in mismatches:
        yield Finding.fail("keys", problem, "Nothing encrypted with that key opens until then.")
    if not mismatches:
        yield Finding.ok("keys", "the ring is the one this database was written with")
    if current_ring().rotating:
        yield Finding.warn("keys", "a rotation is unfinished", "Run `simpul keys rotate` again: it goes on.")


@probe("vault.export")
def ring_was_exported(now: datetime) -> Iterator[Finding]:
    export = last_export()
    remedy = "Run `simpul keys export FILE`; keep file and passphrase apart from the backups."
    if export.at is None:
        yield Finding.warn("keys", "the key ring was never exported", remedy)
    elif not export.complete:
        yield Finding.warn("keys", f"last exported {export.at:%Y-%m-%d}, before its newest key", remedy)
    else:
        yield Finding.ok("keys", f"exported {export.at:%Y-%m-%d} ({(now - export.at).days} days ago)")
