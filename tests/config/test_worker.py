"""A worker takes up what another left behind."""

import os
import subprocess
import sys

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from simpul.config.cli.worker import requeue_abandoned, worker_name


@pytest.mark.django_db
def test_a_task_of_a_worker_that_is_gone_is_queued_again() -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        ended.wait()
    host = worker_name().split(":")[0]
    names = [f"{host}:{ended.pid}:a", f"{host}:{os.getppid()}:b", f"elsewhere:{ended.pid}:c"]
    tasks = [
        DBTaskResult.objects.create(
            task_path="x",
            args_kwargs={},
            backend_name="default",
            status="RUNNING",
            worker_ids=[n],
            started_at=timezone.now(),
        )
        for n in names
    ]
    assert requeue_abandoned() == 1
    assert [DBTaskResult.objects.get(pk=t.pk).status for t in tasks] == ["READY", "RUNNING", "RUNNING"]
