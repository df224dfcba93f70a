"""How long ./run takes: from nothing in the data folder to the first page, and when all is set up.

    .venv/bin/python benchmarks/start.py

The environment (.venv) is there already; on a bare machine its installation comes on top. Runs the real command in
a temporary data folder, with the demo. Prints a table in Markdown. Fails over 5 s for the median later start.
"""

import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUDGET = 5.0
STARTS = 5
PATIENCE = 300


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=10) as page:
            return int(page.status) == 200
    except OSError:
        return False


def first_page(data: Path) -> float:
    """Seconds from the command to the first page; the server is stopped again."""
    port = free_port()
    clean = {name: value for name, value in os.environ.items() if not name.startswith("SIMPUL_")}
    settings = clean | {"SIMPUL_DATA": str(data), "SIMPUL_DEMO": "1", "PYTHONPATH": str(ROOT / "src")}
    command = [sys.executable, "-m", "simpul", "serve", "--port", str(port)]
    started = time.monotonic()
    server = subprocess.Popen(command, env=settings, cwd=ROOT, stdout=subprocess.DEVNULL, start_new_session=True)
    try:
        while not answers(port):
            if server.poll() is not None or time.monotonic() - started > PATIENCE:
                sys.exit("The server did not come up.")
            time.sleep(0.02)
        return time.monotonic() - started
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(60)


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="simpul-start-") as folder:
        data = Path(folder) / "data"
        first = first_page(data)
        subprocess.run(
            [sys.executable, "-m", "simpul", "setup"],
            env={**os.environ, "SIMPUL_DATA": str(data), "SIMPUL_DEMO": "1", "PYTHONPATH": str(ROOT / "src")},
            cwd=ROOT,
            check=True,
            stdout=subprocess.DEVNULL,
        )
        later = [first_page(data) for _ in range(STARTS)]
    median = statistics.median(later)
    print("| Start | Seconds to the first page |\n|---|---|")
    print(f"| nothing set up yet: database, 91,599 areas, storyline, static files | {first:.1f} |")
    print(f"| all set up, median of {STARTS} | {median:.2f} |")
    print(f"| all set up, slowest of {STARTS} | {max(later):.2f} |")
    return 1 if median > BUDGET else 0


if __name__ == "__main__":
    sys.exit(main())
