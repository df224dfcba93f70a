"""`simpul serve` and its worker live and end together."""

import os
import signal
import socket
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest

from simpul.config.cli import keeper
from tests.config.command_line import PATIENCE, start
from tests.templates import migrated

pytestmark = [pytest.mark.racing, pytest.mark.process]


def until(happens: Callable[[], bool], seconds: float = PATIENCE) -> bool:
    """Whether it happens in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if happens():
            return True
        time.sleep(0.1)
    return False


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def status(port: int) -> int:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=60) as answer:
            return int(answer.status)
    except OSError:
        return 0


def children(pid: int) -> list[int]:
    """Processes started by this one, from /proc."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(entry.read_text().rpartition(")")[2].split()[1])
        except (OSError, IndexError):
            continue
        if parent == pid:
            found.append(int(entry.parent.name))
    return found


def gone(pids: list[int]) -> bool:
    return not any(Path(f"/proc/{pid}").exists() for pid in pids)


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_stopping_the_server_stops_all_it_started(tmp_path: Path, how: signal.Signals) -> None:
    port = free_port()
    server = start(migrated(tmp_path, areas=True), "serve", "--port", str(port))
    try:
        assert until(lambda: status(port) == 200)
        started = children(server.pid)
        assert len(started) == 2  # the pages' process and the worker
        server.send_signal(how)
        said, _ = server.communicate(timeout=PATIENCE)
    finally:
        server.kill()
    assert server.returncode == 0, said
    assert said.endswith("Simpul has stopped.\n")
    assert f"Simpul: http://127.0.0.1:{port}" in said
    assert until(lambda: gone(started))


def test_a_killed_server_leaves_no_worker_behind(tmp_path: Path) -> None:
    port = free_port()
    server = start(migrated(tmp_path, areas=True), "serve", "--port", str(port))
    assert until(lambda: status(port) == 200)
    workers = [pid for pid in children(server.pid) if b"worker" in Path(f"/proc/{pid}/cmdline").read_bytes()]
    assert len(workers) == 1
    for pid in set(children(server.pid)) - set(workers):
        os.kill(pid, signal.SIGKILL)
    server.kill()
    server.communicate()
    assert until(lambda: gone(workers))


def test_a_fallen_worker_is_started_again(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(keeper, "PAUSE", 0.1)
    kept = keeper.Keeper([sys.executable, "-c", "import time; time.sleep(60)"])
    first = kept.child
    first.kill()
    assert until(lambda: kept.child is not first)
    second = kept.child
    assert second.poll() is None
    kept.close()
    assert second.poll() is not None
    assert "The worker stopped (exit -9); starting it again" in capsys.readouterr().err
