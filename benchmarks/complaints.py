"""Public complaints sent by 16 clients to a server that is killed at random: each is there once, and none twice.

    python benchmarks/complaints.py [COUNT [KILLS]]                10,000 and five times, unless told otherwise
    SIMPUL_DATABASE_URL=postgresql://user:password@host/name python benchmarks/complaints.py

The real command, `simpul serve`, in a folder of its own, on this machine alone; on PostgreSQL a database is made beside
the one named, and dropped. Each client fills in the form as a browser does: begun, its last step, sent, three posts.
At random moments the whole process group gets SIGKILL and the server is started anew; a client that had no answer
sends the very same request again, as a person would press again. In the end the database is opened here, and each
receipt that was shown must open the one complaint whose words are those that were sent with it.

Fails where one is missing, is there twice or holds other words, and where COUNT is not reached in PATIENCE seconds.
"""

import html
import http.client
import os
import random
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from statistics import quantiles
from urllib.parse import urlencode, urlsplit, urlunsplit

ROOT = Path(__file__).resolve().parent.parent
SERVER = os.environ.pop("SIMPUL_DATABASE_URL", "")
CLIENTS = 16
PATIENCE = 3 * 3_600
TIMEOUT = 60
RECEIPT = re.compile(r"\b\d{4} \d{4} \d{4} \d{4}\b")
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


class Served:
    """The server: up, killed, up again. Requests find it at its port all the while."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self.environment = environment
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        self.process: subprocess.Popen[bytes] | None = None
        self.kills = 0

    def start(self) -> None:
        command = [sys.executable, "-m", "simpul", "serve", "--port", str(self.port), "--without-worker"]
        self.process = subprocess.Popen(
            command, env=self.environment, cwd=ROOT, stdout=subprocess.DEVNULL, start_new_session=True
        )
        begun = time.monotonic()
        while not self.answers():
            if self.process.poll() is not None or time.monotonic() - begun > 600:
                sys.exit("The server did not come up.")
            time.sleep(0.1)

    def answers(self) -> bool:
        with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=1):
            return True
        return False

    def kill(self) -> None:
        """The process and all it started, at once and without a word."""
        if self.process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(60)
            self.kills += 1


class Reporter:
    """One browser. `shown` are receipts with the words that were sent."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.cookies: dict[str, str] = {}
        self.token = ""
        self.shown: dict[str, str] = {}
        self.seconds: list[float] = []

    def report(self, words: str) -> None:
        """Until it was acknowledged. A form that the server lost before it kept it is begun anew."""
        while words not in self.shown.values():
            self.ask("POST", "/adu/", {})
            if self.ask("POST", "/adu/4/", {"narrative": words, "langkah": "periksa"})[1] != "/adu/periksa/":
                continue
            begun = time.monotonic()
            page = self.ask("POST", "/adu/kirim/", {})[0]
            if found := RECEIPT.search(page):
                self.seconds.append(time.monotonic() - begun)
                self.shown[found.group()] = words

    def ask(self, method: str, path: str, form: Mapping[str, str]) -> tuple[str, str]:
        """The page and where it leads; asked again for as long as nobody answers."""
        while True:
            with suppress(OSError, http.client.HTTPException):
                if not self.token:
                    self.token = html.unescape(TOKEN.findall(self.once("GET", "/adu/", {})[0])[0])
                return self.once(method, path, form)
            time.sleep(0.2)

    def once(self, method: str, path: str, form: Mapping[str, str]) -> tuple[str, str]:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=TIMEOUT)
        try:
            body = urlencode({**form, "csrfmiddlewaretoken": self.token}) if method == "POST" else None
            headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
            line.request(method, path, body, {**headers, "Content-Type": "application/x-www-form-urlencoded"})
            answer = line.getresponse()
            text = answer.read().decode()
        finally:
            line.close()
        if answer.status >= 500:
            raise http.client.HTTPException(f"{path} answered {answer.status}")
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _equals, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0]
        return text, answer.getheader("Location") or ""


def words_of(number: int) -> str:
    return f"Laporan ke-{number}: kartu belum jadi."


def sent(served: Served, count: int, kills: int) -> list[Reporter]:
    """All of them, acknowledged, with the server killed `kills` times on the way."""
    reporters = [Reporter(served.port) for _ in range(CLIENTS)]
    numbers, lock = iter(range(count)), threading.Lock()

    def work(reporter: Reporter) -> None:
        while True:
            with lock:
                number = next(numbers, None)
            if number is None:
                return
            reporter.report(words_of(number))

    threads = [threading.Thread(target=work, args=(reporter,), daemon=True) for reporter in reporters]
    for thread in threads:
        thread.start()
    # By how many were acknowledged, not by the clock: each kill falls into the middle of the work.
    moments = sorted(random.sample(range(1, max(count - CLIENTS, kills + 2)), kills))
    begun = time.monotonic()
    while any(thread.is_alive() for thread in threads):
        if time.monotonic() - begun > PATIENCE:
            sys.exit("Not all were acknowledged in time.")
        if moments and sum(len(one.shown) for one in reporters) >= moments[0]:
            moments.pop(0)
            served.kill()
            served.start()
        time.sleep(0.01)
    return reporters


def looked_up(environment: Mapping[str, str], shown: Mapping[str, str], count: int) -> list[str]:
    """What is wrong, read from the database itself, with the server gone."""
    os.environ.update(environment)
    os.environ["DJANGO_SETTINGS_MODULE"] = "simpul.config.settings"
    sys.path.insert(0, str(ROOT / "src"))
    import django

    django.setup()
    from simpul.cases.complaint_receipts import plain
    from simpul.cases.models import Complaint, ComplaintSecret
    from simpul.cases.queries.complaints import secret_by_receipt

    wrong = []
    kept = Counter(row.narrative.open() for row in Complaint.objects.iterator() if row.narrative)
    twice = [words for words, times in kept.items() if times > 1]
    if twice:
        wrong.append(f"{len(twice)} are there more than once, such as {twice[0]!r}")
    if len(shown) != count or set(shown.values()) != {words_of(number) for number in range(count)}:
        wrong.append(f"{len(shown)} receipts were shown for {count}")
    for receipt, words in shown.items():
        found = secret_by_receipt(plain(receipt)).complaint.narrative
        if not found or found.open() != words:
            wrong.append(f"{words!r} is not what its receipt opens")
    if not Complaint.objects.count() == ComplaintSecret.objects.count() == count:
        wrong.append(f"{Complaint.objects.count()} complaints and {ComplaintSecret.objects.count()} receipts")
    return wrong


@contextmanager
def place() -> Iterator[dict[str, str]]:
    """The environment of a Simpul of its own, set up and empty; gone afterwards."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("SIMPUL_")}
    with tempfile.TemporaryDirectory(prefix="simpul-complaints-") as folder:
        made = {**clean, "SIMPUL_DATA": str(Path(folder) / "data"), "PYTHONPATH": str(ROOT / "src")}
        with fresh_database() as url:
            made |= {"SIMPUL_DATABASE_URL": url} if url else {}
            setup = [sys.executable, "-m", "simpul", "setup"]
            subprocess.run(setup, env=made, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
            yield made


@contextmanager
def fresh_database() -> Iterator[str]:
    """The address of a new one beside the one named; "" for SQLite."""
    if not SERVER:
        yield ""
        return
    import psycopg  # only where a server is measured

    parts = urlsplit(SERVER)
    name = f"{parts.path.strip('/')}_complaints"
    with psycopg.connect(SERVER, autocommit=True) as server:
        server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        server.execute(f'CREATE DATABASE "{name}"')
    try:
        yield urlunsplit(parts._replace(path=f"/{name}"))
    finally:
        with psycopg.connect(SERVER, autocommit=True) as server:
            server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def main() -> int:
    count, kills = (*(int(a) for a in sys.argv[1:]), *(10_000, 5)[len(sys.argv) - 1 :])
    with place() as environment:
        served = Served(environment)
        served.start()
        begun = time.monotonic()
        try:
            reporters = sent(served, count, kills)
        finally:
            seconds, killed = time.monotonic() - begun, served.kills
            served.kill()
        shown = {receipt: words for reporter in reporters for receipt, words in reporter.shown.items()}
        wrong = looked_up(environment, shown, count)
    waits = [one * 1000 for reporter in reporters for one in reporter.seconds]
    cuts = quantiles(waits, n=20)
    engine = "PostgreSQL" if SERVER else "SQLite"
    print(
        f"{engine}, {CLIENTS} clients, killed {killed} times, load average {os.getloadavg()[0]:.1f}: {count:,} sent in"
    )
    print(f"{seconds:.0f} s, {count / seconds:.1f} a second; the last post p50 {cuts[9]:.0f} ms, p95 {cuts[18]:.0f} ms")
    print("Each is there once." if not wrong else "Wrong:\n  " + "\n  ".join(wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
