"""What `simpul check` asks of the public index: that it says what the records say, and nothing that is not public."""

from collections.abc import Iterator
from datetime import datetime

from simpul.kernel.health import Finding, probe
from simpul.search.index import drift

_REMEDY = "Run `simpul search rebuild`."


@probe("search.index")
def index_says_what_records_say(now: datetime) -> Iterator[Finding]:
    found = drift()
    if found.stale:
        yield Finding.fail("search", f"{len(found.stale)} entries are found that are not public any more", _REMEDY)
    if found.missing:
        yield Finding.warn("search", f"{len(found.missing)} public records are missing or shown as they were", _REMEDY)
    if not found:
        yield Finding.ok("search", "the public index says what the records say")
