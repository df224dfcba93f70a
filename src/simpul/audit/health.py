"""What `simpul check` asks of the record of acts. The whole chain is `simpul audit verify`'s, which takes longer."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from simpul.audit.queries import unsealed
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
