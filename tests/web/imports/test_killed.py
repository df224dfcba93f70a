"""A worker killed in each step of an import, a disk without room, a line that breaks: everything once, or nothing."""

import http.client
import json
import os
import re
import resource
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.architecture.source import ROOT
from tests.config.backup.places import ENGINES, Place, place
from tests.config.command_line import PATIENCE, environment
from tests.config.test_serve import free_port, status, until
from tests.factories.imports import sheet
from tests.web.imports.world import HEADS, names

pytestmark = [pytest.mark.racing, pytest.mark.process]
ROWS = 600  # enough that a step is caught in its middle


@pytest.fixture(params=ENGINES)
def at(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    with place(tmp_path, request.param) as made:
        made.shape()
        yield made


def run(at: Place, act: str) -> dict[str, Any]:
    said = at.ran(f"import django\ndjango.setup()\nfrom tests.web.imports import world\nworld.{act}\n")
    return dict(json.loads(said)) if said.strip() else {}


def count(at: Place, condition: str) -> int:
    """Rows of the import of which this is true, as another process sees them."""
    query = f"SELECT count(*) FROM interop_importrow WHERE {condition}"
    if at.engine == "sqlite":
        import sqlite3  # inline: one engine's

        with closing(sqlite3.connect(at.data / "simpul.sqlite3", timeout=20)) as database:
            return int(database.execute(query).fetchone()[0])
    with psycopg.connect(at.settings["SIMPUL_DATABASE_URL"]) as server:
        return int((server.execute(query).fetchone() or (0,))[0])


@contextmanager
def started(
    at: Place, *arguments: str, before: Callable[[], None] | None = None
) -> "Iterator[subprocess.Popen[bytes]]":
    with subprocess.Popen(
        [sys.executable, "-m", "simpul", *arguments],
        env=environment(at.data, **at.settings),
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        preexec_fn=before,  # noqa: PLW1509 - this process has one thread
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def kill_once(at: Place, condition: str) -> int:
    """Start a worker, kill it as soon as this is true of a row; how many there are then."""
    with started(at, "worker", "--once") as worker:
        end = time.monotonic() + PATIENCE
        while worker.poll() is None and not count(at, condition) and time.monotonic() < end:
            time.sleep(0.01)
        os.kill(worker.pid, signal.SIGKILL)
        assert worker.wait() == -signal.SIGKILL, "it was killed in the middle"
    return count(at, condition)


def test_a_worker_killed_in_each_step_goes_on_and_everything_is_there_once(at: Place) -> None:
    run(at, f"began({ROWS})")

    assert 0 < kill_once(at, "state = 'ready'") < ROWS
    assert run(at, "told()")["state"] == "checking"
    at.done("worker", "--once")
    told = run(at, "told()")
    assert (told["state"], sum(told["rows"].values()), told["rows"].get("staged")) == ("review", ROWS, None)
    assert told["made"] == 0

    run(at, "confirmed()")
    written = kill_once(at, "outcome = 'written'")
    assert 0 < written < ROWS
    told = run(at, "told()")
    assert (told["state"], told["made"], told["members"]) == ("applying", written, written), "whole rows, no half ones"
    at.done("worker", "--once")
    told = run(at, "told()")
    assert (told["state"], told["outcomes"]) == ("done", {"written": ROWS})
    assert [told[what] for what in ("made", "names", "members", "listed")] == [ROWS] * 4

    run(at, "taken_back()")
    undone = kill_once(at, "outcome = 'undone'")
    assert 0 < undone < ROWS
    told = run(at, "told()")
    assert (told["state"], told["made"], told["members"]) == ("undoing", ROWS - undone, ROWS - undone)
    at.done("worker", "--once")
    told = run(at, "told()")
    assert (told["state"], told["outcomes"]) == ("undone", {"undone": ROWS})
    assert [told[what] for what in ("made", "members", "listed")] == [0, 0, 0]


# The disk: a real refusal of the kernel, which lets no file of these processes grow beyond a size.


def no_larger_than(size: int) -> Callable[[], None]:
    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # EFBIG in place of the end of the process
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    return limit


@pytest.fixture
def on_sqlite(tmp_path: Path) -> Iterator[Place]:
    """PostgreSQL's files are its server's: no limit of ours reaches them."""
    with place(tmp_path, "sqlite") as made:
        made.shape()
        yield made


def test_a_disk_that_fills_while_rows_are_written_stops_says_so_and_goes_on_once_there_is_room(
    on_sqlite: Place,
) -> None:
    at, facts = on_sqlite, run(on_sqlite, f"began({ROWS})")
    at.done("worker", "--once")
    run(at, "confirmed()")
    room = 1_500_000  # bytes a file may have: the write-ahead log takes all that is written, until it holds 4 MB
    with started(at, "worker", "--once", before=no_larger_than(room)) as worker:
        worker.wait(PATIENCE)
    told = run(at, "told()")
    written = told["outcomes"].get("written", 0)
    assert 0 < written < ROWS
    assert (told["state"], told["standing"]) == ("applying", "no-room")
    assert (told["made"], told["members"], told["listed"]) == (written, written, written)
    with served(at) as port:
        page = get(port, f"/impor/{facts['batch']}/", facts["cookie"])
    assert "Tidak ada tempat lagi di server" in page
    run(at, "again()")
    at.done("worker", "--once")
    told = run(at, "told()")
    assert (told["state"], told["outcomes"], told["made"]) == ("done", {"written": ROWS}, ROWS)


@contextmanager
def served(at: Place, before: Callable[[], None] | None = None) -> Iterator[int]:
    """A real server's port."""
    port = free_port()
    with started(at, "serve", "--port", str(port), "--without-worker", before=before) as server:
        assert until(lambda: status(port) == 200, PATIENCE)
        yield port
        server.terminate()
        server.wait(PATIENCE)


def get(port: int, path: str, cookie: str) -> str:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    connection.request("GET", path, headers={"Cookie": f"simpul={cookie}; bahasa=id"})
    return connection.getresponse().read().decode()


def form_of(port: int, facts: dict[str, Any], file: bytes) -> tuple[dict[str, str], bytes]:
    """Headers and body of Dewi's form, as her browser sends it."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    connection.request("GET", "/impor/organisations/baru/", headers={"Cookie": f"simpul={facts['cookie']}"})
    answer = connection.getresponse()
    page = answer.read().decode()
    cookies = [value.partition(";")[0] for name, value in answer.getheaders() if name.lower() == "set-cookie"]
    [key] = re.findall(r'name="key" value="([^"]+)"', page)
    token = re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[0]
    fields = {"csrfmiddlewaretoken": token, "key": key, "home": facts["network"]}
    parts = [
        f'--xyz\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    ]
    head = b'--xyz\r\nContent-Disposition: form-data; name="file"; filename="anggota.xlsx"\r\n\r\n'
    headers = {
        "Cookie": "; ".join([f"simpul={facts['cookie']}", "bahasa=id", *(c for c in cookies if c.startswith("csrf"))]),
        "Content-Type": "multipart/form-data; boundary=xyz",
    }
    return headers, b"".join([*parts, head, file, b"\r\n--xyz--\r\n"])


def post(port: int, headers: dict[str, str], body: bytes) -> tuple[int, str, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    connection.request("POST", "/impor/organisations/baru/", body, headers)
    answer = connection.getresponse()
    return answer.status, answer.getheader("Location") or "", answer.read().decode()


def broken_off(port: int, headers: dict[str, str], body: bytes) -> None:
    """Half of the form, then the line is cut (a reset, as from a phone that has lost its network)."""
    lines = [f"{name}: {value}" for name, value in {**headers, "Content-Length": str(len(body))}.items()]
    head = "\r\n".join(["POST /impor/organisations/baru/ HTTP/1.1", "Host: 127.0.0.1", *lines, "", ""])
    with socket.create_connection(("127.0.0.1", port)) as line:
        line.sendall(head.encode() + body[: len(body) // 2])
        time.sleep(0.3)
        line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")


def file_of(rows: int) -> bytes:
    return sheet(HEADS, *((name, "Yayasan", "") for name in names(rows)))


def test_an_upload_whose_line_broke_leaves_nothing_and_is_sent_again_whole(at: Place) -> None:
    facts = run(at, "began(1)")
    with served(at) as port:
        headers, body = form_of(port, facts, file_of(600))
        before = count(at, "1 = 1")
        for _ in range(3):
            broken_off(port, headers, body)
        time.sleep(1)
        assert count(at, "1 = 1") == before, "nothing of the half file is put aside"
        first, second = (post(port, headers, body) for _ in range(2))
        assert first[:2] == second[:2]
        assert first[0] == 302
        assert count(at, "1 = 1") == before + 601
        assert "600" in get(port, first[1], facts["cookie"])


def test_a_server_killed_while_it_puts_rows_aside_takes_the_same_form_up_where_it_stopped(at: Place) -> None:
    facts = run(at, "began(1)")
    before = count(at, "1 = 1")
    with served(at) as port:
        headers, body = form_of(port, facts, file_of(3_500))
        with socket.create_connection(("127.0.0.1", port)) as line:
            lines = [f"{name}: {value}" for name, value in {**headers, "Content-Length": str(len(body))}.items()]
            head = "\r\n".join(["POST /impor/organisations/baru/ HTTP/1.1", "Host: 127.0.0.1", *lines, "", ""])
            line.sendall(head.encode() + body)
            assert until(lambda: count(at, "1 = 1") > before)
            killed_with_its_children(port)
    staged = count(at, "1 = 1")
    assert before < staged < before + 3_501
    with served(at) as port:
        answer = post(port, headers, body)
    assert answer[0] == 302
    assert count(at, "1 = 1") == before + 3_501
    assert count(at, "state = 'staged'") > 3_000


def killed_with_its_children(port: int) -> None:
    """SIGKILL to whoever listens on the port, and to nobody else."""
    for pid in listening(port):
        os.kill(pid, signal.SIGKILL)


def listening(port: int) -> list[int]:
    """Processes that hold the listening socket of a port, from /proc."""
    inodes = set()
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        for row in Path(table).read_text().splitlines()[1:] if Path(table).exists() else ():
            fields = row.split()
            if fields[3] == "0A" and int(fields[1].rpartition(":")[2], 16) == port:
                inodes.add(f"socket:[{fields[9]}]")
    found = []
    for folder in Path("/proc").glob("[0-9]*/fd"):
        try:
            if any(str(handle.readlink()) in inodes for handle in folder.iterdir()):
                found.append(int(folder.parent.name))
        except OSError:
            continue
    return found


def test_a_disk_that_is_full_while_a_file_comes_in_says_so_and_the_same_form_goes_on(on_sqlite: Place) -> None:
    at, facts = on_sqlite, run(on_sqlite, "began(1)")
    before = count(at, "1 = 1")
    with served(at) as port:  # with room: the first start unfolds the static files
        headers, body = form_of(port, facts, file_of(3_000))
    # What is written goes to SQLite's log first: that one may not grow.
    with served(at, before=no_larger_than(600_000)) as port:
        code, _, page = post(port, headers, body)
        assert code == 507
        assert "Tidak ada tempat lagi untuk menyimpan" in page
        # Where there is not even room to clear away, whole chunks lie sealed until the form comes again, or a week.
        assert (count(at, "1 = 1") - before) % 1_000 == 0
        assert status(port) == 200, "reading goes on"
    with served(at) as port:
        assert post(port, headers, body)[0] == 302
    assert count(at, "1 = 1") == before + 3_001
