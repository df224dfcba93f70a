"""A PostgreSQL server for one run of the tests: on a free port, as a user who is not root, gone afterwards."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# Nothing here outlives the run, so nothing has to reach the disk.
OPTIONS = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "unix_socket_directories=",
    "max_connections=60",
)


def programs() -> Path | None:
    """The folder with `initdb` and `postgres`, the newest Debian one first; None where there is none."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: float(p.parent.name), reverse=True)
    found = [folder for folder in debian if (folder / "initdb").exists()]
    if found:
        return found[0]
    named = shutil.which("initdb")
    return Path(named).resolve().parent if named else None


def unprivileged() -> str | None:
    """The user PostgreSQL runs as: it refuses root. None: whoever runs this."""
    if os.geteuid() != 0:
        return None
    users = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in users else "nobody"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def temporary_server(programs: Path) -> Iterator[str]:
    """A URL of an empty server's database. RuntimeError with its log where it doesn't start."""
    user, port = unprivileged(), free_port()
    folder = Path(tempfile.mkdtemp(prefix="simpul-pg-"))
    try:
        if user:
            shutil.chown(folder, user)
        _as(
            user,
            folder,
            programs / "initdb",
            "-D",
            "data",
            "-U",
            "simpul",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
        )
        options = [part for option in OPTIONS for part in ("-c", option)]
        command = [str(programs / "postgres"), "-D", "data", "-h", "127.0.0.1", "-p", str(port), *options]
        with (folder / "log").open("wb") as log:
            server = subprocess.Popen(command, cwd=folder, user=user, stdout=log, stderr=log, start_new_session=True)
        try:
            _await(server, port, folder / "log")
            yield f"postgresql://simpul@127.0.0.1:{port}/postgres"
        finally:
            server.terminate()
            server.wait(60)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _as(user: str | None, folder: Path, *command: object) -> None:
    done = subprocess.run([str(c) for c in command], cwd=folder, user=user, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr.strip())


def _await(server: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    import psycopg

    for _ in range(300):
        try:
            psycopg.connect(f"postgresql://simpul@127.0.0.1:{port}/postgres").close()
        except psycopg.OperationalError:
            if server.poll() is not None:
                break
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(log.read_text(errors="replace")[-2000:])
