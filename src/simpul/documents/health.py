"""What `simpul check` asks of stored files."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice

from simpul.documents.models import LIFE
from simpul.documents.queries import files_without_row, late_uploads, rows_without_file
from simpul.documents.services.tidying import STRAY
from simpul.kernel.health import Finding, probe

_SHOWN = 3
_GRACE = timedelta(hours=3)  # the worker tidies every hour


@probe("documents.files")
def rows_have_their_files(now: datetime) -> Iterator[Finding]:
    lost = sorted({str(key) for key in islice(rows_without_file(), 100)})
    if lost:
        message = f"{len(lost)} documents lack a file, or have one of another length: {', '.join(lost[:_SHOWN])}"
        yield Finding.fail("documents", message, "Restore them from a backup.")
    else:
        yield Finding.ok("documents", "every document has its file")


@probe("documents.strays")
def files_have_their_rows(now: datetime) -> Iterator[Finding]:
    strays = sum(1 for _path, changed in files_without_row() if changed < now - STRAY - _GRACE)
    late = late_uploads(now - LIFE - _GRACE)
    if strays or late:
        message = f"{strays} files belong to no document, {late} uploads wait unfinished for over a day"
        yield Finding.warn("documents", message, "Start `simpul worker`: it removes both every hour.")
    else:
        yield Finding.ok("documents", "nothing is left over from uploads")
