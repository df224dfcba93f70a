"""What `simpul check` asks of the links between records."""

from collections.abc import Iterator
from datetime import datetime

from simpul.kernel.health import Finding, probe
from simpul.threads.queries import dangling

SHOWN = 3


@probe("threads.dangling")
def links_lead_somewhere(now: datetime) -> Iterator[Finding]:
    lost = list(dangling())
    if lost:
        named = ", ".join(f"{d.link_id} ({d.ref.kind} {d.reason})" for d in lost[:SHOWN])
        more = f" and {len(lost) - SHOWN} more" if len(lost) > SHOWN else ""
        remedy = "Nobody sees them. End them, or restore the records they lead to from a backup."
        yield Finding.warn("threads", f"{len(lost)} links lead nowhere: {named}{more}", remedy)
    else:
        yield Finding.ok("threads", "every link leads somewhere")
