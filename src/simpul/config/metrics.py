"""Numbers for a monitoring system, in Prometheus' text format. No label names a person, a record or an address.

Counters are of the process that serves: there is one (`simpul serve`). What the database knows is asked at the moment.
"""

import shutil
import threading
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db.models import Count, Min, Q
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from simpul.audit.queries import last_act, unjournaled, unsealed
from simpul.config.backup.taking import TAKEN, program_version
from simpul.vault.queries import last_export

BUCKETS: Final = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)  # seconds


@dataclass
class Requests:
    """Pages answered by this process: by route and status, and how long they took."""

    pages: "Counter[tuple[str, str, int]]" = field(default_factory=Counter)
    took: list[int] = field(default_factory=lambda: [0] * (len(BUCKETS) + 1))
    seconds: float = 0.0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, *, route: str, method: str, status: int, seconds: float) -> None:
        """`route` is the name of a URL pattern, never a path."""
        with self._lock:
            self.pages[route, method if method in _METHODS else "other", status] += 1
            self.took[bisect_left(BUCKETS, seconds)] += 1
            self.seconds += seconds

    def lines(self) -> Iterator[str]:
        with self._lock:
            pages, took, seconds = dict(self.pages), list(self.took), self.seconds
        yield from _metric("simpul_requests_total", "counter", "Pages answered, by route and status.")
        for (route, method, status), number in sorted(pages.items()):
            yield f'simpul_requests_total{{route="{route}",method="{method}",status="{status}"}} {number}'
        yield from _metric("simpul_request_seconds", "histogram", "How long pages took.")
        so_far = 0
        for bound, number in zip((*BUCKETS, "+Inf"), took, strict=True):
            so_far += number
            yield f'simpul_request_seconds_bucket{{le="{bound}"}} {so_far}'
        yield f"simpul_request_seconds_sum {seconds:.6f}"
        yield f"simpul_request_seconds_count {so_far}"


_METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
requests = Requests()


def render(now: datetime) -> str:
    """Everything, as Prometheus reads it."""
    return "\n".join([*requests.lines(), *gauges(now), ""])


def gauges(now: datetime) -> Iterator[str]:
    """What is so at this moment. Ages are in seconds; -1 where it never happened."""
    yield from _gauge("simpul_info", "The program's version.", [(f'{{version="{program_version()}"}}', 1)])
    yield from _plain("simpul_disk_free_bytes", "Room in the data folder.", shutil.disk_usage(settings.DATA).free)
    yield from _plain("simpul_database_bytes", "The SQLite file with its log; 0 on a server.", _database_bytes())
    yield from _queue(now)
    acts, oldest_act = unsealed()
    yield from _plain("simpul_audit_unsealed_acts", "Acts that wait to be sealed.", acts)
    yield from _plain("simpul_audit_unsealed_seconds", "How long the oldest of them waits.", _age(oldest_act, now, 0))
    yield from _plain("simpul_erasures_unwritten", "Erasures that are not in the journal yet.", unjournaled()[0])
    yield from _plain("simpul_backup_age_seconds", "Since the last backup.", _age(last_act(TAKEN), now))
    yield from _plain("simpul_keys_export_age_seconds", "Since the keys were exported.", _age(last_export().at, now))


def _queue(now: datetime) -> Iterator[str]:
    ready, failed = TaskResultStatus.READY, TaskResultStatus.FAILED
    found = DBTaskResult.objects.aggregate(
        ready=Count("pk", filter=Q(status=ready)),
        oldest=Min("enqueued_at", filter=Q(status=ready)),
        running=Count("pk", filter=Q(status=TaskResultStatus.RUNNING)),
        failed=Count("pk", filter=Q(status=failed)),
    )
    states = [(f'{{state="{state}"}}', found[state]) for state in ("ready", "running", "failed")]
    yield from _gauge("simpul_tasks", "Tasks by state.", states)
    yield from _plain("simpul_tasks_oldest_seconds", "How long the oldest task waits.", _age(found["oldest"], now, 0))


def _database_bytes() -> int:
    name = Path(str(settings.DATABASES["default"]["NAME"]))
    return sum(file.stat().st_size for file in (name, Path(f"{name}-wal")) if file.is_file())


def _age(instant: datetime | None, now: datetime, never: int = -1) -> float:
    return round((now - instant).total_seconds(), 1) if instant else never


def _plain(name: str, says: str, value: float) -> Iterator[str]:
    return _gauge(name, says, [("", value)])


def _gauge(name: str, says: str, values: Iterable[tuple[str, float]]) -> Iterator[str]:
    yield from _metric(name, "gauge", says)
    yield from (f"{name}{labels} {value}" for labels, value in values)


def _metric(name: str, kind: str, says: str) -> Iterator[str]:
    yield f"# HELP {name} {says}"
    yield f"# TYPE {name} {kind}"
