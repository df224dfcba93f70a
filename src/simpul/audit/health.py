"""What `simpul check` asks of the record of acts. The whole chain is `simpul audit verify`'s, which takes longer."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from simpul.audit.journal import journal_path
from simpul.audit.queries import unjournaled, unsealed
from simpul.kernel.health import Finding, probe

_LATE = timedelta(minutes=2)


@probe("audit.sealing")
def sealer_keeps_up(now: datetime) -> Iterator[Finding]:
    rows, oldest = unsealed()
    if oldest and now - oldest > _LATE:
        message = f"{rows} acts wait to be sealed, the oldest since {oldest:%Y-%m-%d %H:%M} UTC"
        yield Finding.fail("audit", message, "Start `simpul worker`, or look into its log.")
    else:
        yield Finding.ok("audit", f"sealed up to date ({rows} acts of the last moments wait)")


@probe("audit.erasures")
def erasures_are_journaled(now: datetime) -> Iterator[Finding]:
    """What a restore of an older backup would otherwise bring back."""
    rows, oldest = unjournaled()
    if oldest and now - oldest > _LATE:
        message = f"{rows} erasures are not in the journal, the oldest of {oldest:%Y-%m-%d %H:%M} UTC"
        yield Finding.fail("erasures", message, f"Make {journal_path()} writable, then start `simpul worker`.")
    else:
        yield Finding.ok("erasures", "each is in the journal outside the database")
