"""The case desk beside django-helpdesk, in one run on one machine: p50 and p95 in milliseconds, queries, bytes.

    python benchmarks/beside.py            10,000 cases and 10,000 tickets, SQLite
    python benchmarks/beside.py 1000       others as many

Claims, each asserted by the exit status and made of the p50: what a coordinator begins the day with is answered at
least ten times as fast as the other's, a case with thirty services at least three times as fast as a ticket with
thirty follow-ups.

django-helpdesk is installed from the package registry into an environment of its own, thrown away afterwards, and
asked in a process of its own through Django's test client, as Simpul is here, in turn; `beside_helpdesk.py` fills it.
What a request passes is each program's own: of Simpul the visibility rules, sealed fields, and the record of each look.
"""

import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from cases import READERS, Caseload, browser, desk, machine, queues, sized  # sets Django up
from comparing import Question, Taken, counted
from django.db import connection, connections

from simpul.config.settling import settle

PEER: Final = "django-helpdesk==2.6.1"
ROUNDS: Final = 60
# What is compared: ours, theirs, how many times as fast ours is claimed to be (0: nothing claimed).
PAIRS: Final = {
    "what the day begins with": ("queue, overdue: coordinator", "board", 10),
    "the list of what is open": ("queue, all open: coordinator", "list", 0),
    "a case, thirty services": ("case page, 30 services", "ticket", 3),
}


class Peer:
    """The other program, asked by a line and answering with one."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        assert process.stdin
        assert process.stdout
        self.asking, self.answering = process.stdin, process.stdout
        assert self._line() == "ready"

    def _line(self) -> str:
        line = self.answering.readline()
        if not line:
            sys.exit("django-helpdesk ended; what it said stands above.")
        return line.strip()

    def ask(self, page: str, taken: Taken) -> None:
        print(page, file=self.asking, flush=True)
        took, queries, size = self._line().split()
        taken.times.append(float(took))
        taken.queries, taken.size = int(queries), max(taken.size, int(size))


@contextmanager
def peer(count: int) -> Iterator[Peer]:
    """Installed, filled and started; nothing of it stays."""
    folder = Path(tempfile.mkdtemp(prefix="helpdesk-"))
    try:
        print(f"installing {PEER} ...", flush=True)
        venv.create(folder / "env", with_pip=True)
        python = str(folder / "env" / "bin" / "python")
        # setuptools: it still imports pkg_resources, which later ones lack.
        install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", PEER, "setuptools<81"]
        subprocess.run([python, *install], check=True)
        kept = {
            name: value for name, value in os.environ.items() if not name.startswith(("DJANGO", "SIMPUL", "PYTHON"))
        }
        script = str(Path(__file__).with_name("beside_helpdesk.py"))
        command = [python, "-W", "ignore", script, str(count), str(folder)]
        pipe = subprocess.PIPE
        with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, env=kept) as process:
            try:
                yield Peer(process)
            finally:
                process.kill()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def ask(question: Callable[[], object], taken: Taken) -> None:
    if not taken.queries:
        question()  # warms up
        taken.queries = counted(question)[1]
        settle()  # as `simpul serve` does once it has been asked a while
    start = time.perf_counter()
    answer = question()
    taken.times.append((time.perf_counter() - start) * 1000)
    taken.size = max(taken.size, len(getattr(answer, "content", b"")))


def compare(ours: Mapping[str, Question], theirs: Peer) -> list[str]:
    """Prints two lines a pair; returns the claims that don't hold."""
    over = []
    dice = random.Random(7)
    print(f"{'':28}{'':18}{'p50 ms':>9}{'p95 ms':>9}{'queries':>9}{'bytes':>10}{'times as fast':>15}")
    for name, (question, page, claimed) in PAIRS.items():
        mine, its = Taken(), Taken()
        for _turn in range(ROUNDS):
            ask(ours[question](dice), mine)
            theirs.ask(page, its)
        ratio = its.p(50) / mine.p(50)
        for said, who, one in ((name, "Simpul", mine), ("", "django-helpdesk", its)):
            times = f"{ratio:15.1f}" if one is mine else ""
            print(f"{said:28}{who:18}{one.p(50):9.1f}{one.p(95):9.1f}{one.queries:9}{one.size:10,}{times}", flush=True)
        if ratio < claimed:
            over.append(f"{name}: {ratio:.1f} times as fast; {claimed} are claimed")
    return over


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    load = Caseload()
    if connection.vendor != "sqlite":
        sys.exit("Both are asked on SQLite: take SIMPUL_DATABASE_URL away.")
    print(f"{machine()}; {ROUNDS} rounds")
    with peer(count) as theirs, sized([count], load, what="cases") as sides:
        connections["default"] = sides[count]
        browsers = {name: browser(name) for name in READERS}
        over = compare({**queues(load, browsers), **desk(load, browsers)}, theirs)
    print("\nWhat is claimed holds." if not over else "\nNot what is claimed:\n  " + "\n  ".join(over))
    sys.exit(1 if over else 0)


if __name__ == "__main__":
    main()
