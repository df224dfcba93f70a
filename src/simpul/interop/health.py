"""What `simpul check` asks of imports: that none is stuck, and that no rows lie here longer than promised."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from simpul.interop.models import ImportBatch, State
from simpul.interop.queries import expired
from simpul.kernel.health import Finding, probe

_PATIENCE: Final = timedelta(hours=6)
_AT_WORK: Final = (State.CHECKING, State.APPLYING, State.UNDOING)


@probe("interop.imports")
def imports_move_on(now: datetime) -> Iterator[Finding]:
    late = expired(now - timedelta(days=1)).count()
    if late:
        remedy = "Start `simpul worker`, and open /impor/ once: what has expired is dropped then."
        yield Finding.warn("imports", f"{late} files that nobody confirmed are kept longer than seven days", remedy)
    stuck = ImportBatch.objects.filter(state__in=_AT_WORK, received_at__lt=now - _PATIENCE).count()
    if stuck:
        remedy = "Start `simpul worker`: an import goes on where it stopped."
        yield Finding.warn("imports", f"{stuck} imports have been at work for more than six hours", remedy)
    if not late and not stuck:
        yield Finding.ok("imports", "no import is stuck or overdue")
