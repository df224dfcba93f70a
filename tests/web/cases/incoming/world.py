"""Reports in a deployment of its own, worked on by real processes: run inside one of them (`Place.ran`)."""

import json
import sys
from typing import Any

from django.utils import timezone

from simpul.access.queries import actor_for
from simpul.cases.models import Case, Consent, CountedVictim, Party
from simpul.interop.models import ImportBatch, ImportRow
from simpul.interop.queries import count_rows
from simpul.interop.services.deciding import confirm_import
from simpul.interop.services.undoing import undo_import
from simpul.kernel.actor import Actor
from simpul.notices.models import Notice
from simpul.web.imports.tasks import move_import_on
from tests.cast import build_cast
from tests.factories import kobo


def began(rows: int) -> None:
    """Budi's file, looked through and confirmed. Every fourth came in long ago, with a deadline."""
    now = timezone.now()
    kobo.place()
    old = {"jenis_kasus": "kekerasan_seksual", "submission_time": "2024-06-01T01:00:00"}
    reports = [kobo.submission(f"n{n}", nama="", **(old if n % 4 == 0 else {})) for n in range(rows)]
    batch = kobo.checked(build_cast(), *reports, now=now)
    confirm_import(_actor(batch), batch, now=now)
    _queue(batch)


def taken_back() -> None:
    batch = ImportBatch.objects.get()
    undo_import(_actor(batch), batch, now=timezone.now())
    _queue(batch)


def told() -> None:
    """What there is: of the import, its rows, and what they became."""
    batch = ImportBatch.objects.get()
    _say(
        {
            "state": batch.state,
            "outcomes": dict(count_rows(batch).outcomes),
            "cases": Case.objects.count(),
            "people": Party.objects.count(),
            "consents": Consent.objects.count(),
            "counted": CountedVictim.objects.filter(superseded_at=None).count(),
            "late": Notice.objects.filter(kind="cases.entered_late").count(),
            "alerts": Notice.objects.filter(kind__startswith="deadlines.").count(),
            "kept": ImportRow.objects.filter(batch=batch, cells__isnull=False).count(),
        }
    )


def _actor(batch: ImportBatch) -> Actor:
    return actor_for(batch.imported_by, now=timezone.now(), second_factor=True)


def _queue(batch: ImportBatch) -> None:
    move_import_on.enqueue(str(batch.pk), str(batch.imported_by), "id")


def _say(what: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
