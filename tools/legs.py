"""The legs of ./test: each one thing that must hold. Prints what ran, how long it took, and one line at the end."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree as ET

import postgresql

BIN = Path(sys.executable).parent
PYTEST = (str(BIN / "python"), "-m", "pytest")
CI = os.environ.get("CI", "") not in {"", "0", "false"}
HOUR = 3600
# Two processes; each begins with half of the tests in their order, so that a module's frame is mostly built once.
TWO = ("-n", "2", "--dist", "worksteal")
# So few failed tests are asked again, each alone; each has to pass this often in a row. docs/decisions/0029.
FEW, TIMES = 5, 3


@dataclass
class Result:
    """What came of a leg: how many tests passed and failed, or why it did not run and what would let it.

    `unsteady` names those among the passed that had failed beside all others.
    """

    name: str
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    seconds: float = 0
    missing: str = ""
    unsteady: list[str] = field(default_factory=list)


@dataclass
class Run:
    """One run of ./test."""

    folder: Path
    results: list[Result] = field(default_factory=list)
    aloud: bool = True  # what a leg says is shown while it runs; otherwise whole when it has ended

    def environment(self, database: str = "") -> dict[str, str]:
        """This process's, with a data folder of its own and the database named, and no other setting of Simpul."""
        clean = {name: value for name, value in os.environ.items() if not name.startswith("SIMPUL_")}
        clean |= {"SIMPUL_DATA": str(self.folder / "data"), "PYTHONPATH": "src", "PYTHONDONTWRITEBYTECODE": ""}
        clean["DJANGO_SETTINGS_MODULE"] = "simpul.config.settings"
        return clean | ({"SIMPUL_DATABASE_URL": database} if database else {})

    def call(self, name: str, *command: object, database: str = "") -> None:
        """A leg that passes when its command does."""
        status, seconds = self._execute(name, [str(c) for c in command], database)
        self.results.append(Result(name, int(status == 0), int(status != 0), 0, seconds))

    def pytest(self, name: str, *arguments: str, database: str = "") -> None:
        """A leg of pytest; counts come from its own report. No tests collected counts as nothing, not as failure."""
        report, cache = self.folder / "report.xml", self.folder / "cache"
        report.unlink(missing_ok=True)
        shutil.rmtree(cache, ignore_errors=True)
        keep = ["-o", f"cache_dir={cache}", f"--junitxml={report}"]
        status, seconds = self._execute(name, [*PYTEST, "-rs", *keep, *arguments], database)
        result = Result(name, seconds=seconds)
        if report.exists():
            suite = next(ET.parse(report).getroot().iter("testsuite"))
            numbers = {k: int(suite.get(k, "0")) for k in ("tests", "failures", "errors", "skipped")}
            result.failed, result.skipped = numbers["failures"] + numbers["errors"], numbers["skipped"]
            result.passed = numbers["tests"] - result.failed - result.skipped
            result.failed += result.skipped * CI  # what CI can't run is not proven
        if status not in {0, 5} and not result.failed:
            result.failed = 1
        failed = _failed(cache)
        if status == 1 and 0 < len(failed) <= FEW and self._pass_alone(name, failed, database):
            result.passed, result.unsteady = result.passed + len(failed), failed
            result.failed = result.skipped * CI
        self.results.append(result)

    def _pass_alone(self, name: str, tests: list[str], database: str) -> bool:
        """Whether these tests pass `TIMES` times in a row with nothing beside them."""
        turns = (f"{name}: what failed, alone, {turn} of {TIMES}" for turn in range(1, TIMES + 1))
        return all(self._execute(title, [*PYTEST, *tests], database)[0] == 0 for title in turns)

    def missing(self, name: str, remedy: str) -> None:
        self.results.append(Result(name, failed=int(CI), missing=remedy))

    def _execute(self, name: str, command: list[str], database: str) -> tuple[int, float]:
        title = f"\n== {name}\n"
        if self.aloud:
            print(title, end="", flush=True)
        started, said = time.monotonic(), None if self.aloud else subprocess.PIPE
        try:
            done = subprocess.run(
                command,
                env=self.environment(database),
                timeout=HOUR,
                check=False,
                text=True,
                stdout=said,
                stderr=said and subprocess.STDOUT,
            )
            status, words = done.returncode, done.stdout or ""
        except subprocess.TimeoutExpired:
            status, words = 1, f"{name} did not end within an hour.\n"
        print(words if self.aloud else title + words, end="", flush=True)
        return status, time.monotonic() - started


def _failed(cache: Path) -> list[str]:
    """The tests that pytest noted as failed, by their whole names."""
    try:
        noted = json.loads((cache / "v" / "cache" / "lastfailed").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return []
    return sorted(noted)


def side_by_side(run: Run, *legs: Callable[[Run], None]) -> None:
    """Each in a thread and a data folder of its own; their results in this order."""
    runs = [Run(run.folder / leg.__name__, aloud=False) for leg in legs]
    for one in runs:
        one.folder.mkdir()
    with ThreadPoolExecutor(len(legs)) as threads:
        for ended in [threads.submit(leg, one) for leg, one in zip(legs, runs, strict=True)]:
            ended.result()
    run.results += [result for one in runs for result in one.results]


def order(run: Run) -> None:
    """What can be judged without running anything."""
    run.call("style", BIN / "ruff", "check", ".")
    run.call("format", BIN / "ruff", "format", "--check", ".")
    run.call("order of imports", BIN / "lint-imports")
    run.call("types", BIN / "mypy")
    run.call("migrations", sys.executable, "-m", "django", "makemigrations", "--check", "--dry-run")
    run.call("messages", sys.executable, "tools/messages.py", "check")


def can_browse() -> bool:
    """Whether there is a Chromium, and Playwright's driver finds the libraries it needs."""
    from playwright._impl._driver import compute_driver_executable

    driver, _ = compute_driver_executable()
    works = subprocess.run([driver, "--version"], capture_output=True, check=False).returncode == 0
    return works and shutil.which("chromium") is not None


def marked(name: str) -> list[str]:
    """The files whose tests may have this mark: to load all others takes longer than most of a leg's tests."""
    files = sorted(Path("tests").rglob("test_*.py"))
    return [str(file) for file in files if f"mark.{name}" in file.read_text(encoding="utf-8")]


def on_sqlite(run: Run) -> None:
    if can_browse():
        run.pytest("tests on SQLite", *TWO, "-m", "not (racing or generated)")
    else:
        run.pytest("tests on SQLite", *TWO, "-m", "not (racing or generated or browser)")
        run.missing("browser", "sudo apt-get install -y chromium chromium-headless-shell libatomic1")
    run.pytest("races on SQLite", *TWO, "-m", "racing", *marked("racing"))


def on_postgresql(run: Run) -> None:
    with database() as url:
        if url is None:
            run.missing("PostgreSQL", "sudo apt-get install -y postgresql")
            return
        # What asks for no database met nothing of SQLite either: it ran there. docs/decisions/0038.
        asking = ("--on-the-database", "-m", "not (racing or browser or process)")
        run.pytest("tests on PostgreSQL", *TWO, *asking, database=url)
        run.pytest("races on PostgreSQL", *TWO, "-m", "racing and not process", *marked("racing"), database=url)


@contextmanager
def database() -> Iterator[str | None]:
    """The URL of a PostgreSQL server: the one the environment names, or a temporary one; None where there is none."""
    named, programs = os.environ.get("SIMPUL_DATABASE_URL"), postgresql.programs()
    if named:
        yield named
    elif programs is None:
        yield None
    else:
        with postgresql.temporary_server(programs) as url:
            yield url


def command_line(run: Run) -> None:
    run.call("simpul setup", sys.executable, "-m", "simpul", "setup")
    run.call("simpul setup again", sys.executable, "-m", "simpul", "setup")
    run.call("simpul worker", sys.executable, "-m", "simpul", "worker", "--once")
    run.call("simpul check", sys.executable, "-m", "simpul", "check")


def fast(run: Run) -> None:
    order(run)
    run.pytest("tests on SQLite", *TWO, "-m", "not (racing or generated or browser or process)")


def everything(run: Run) -> None:
    side_by_side(run, order, command_line)
    on_sqlite(run)
    on_postgresql(run)


def summary(results: list[Result]) -> int:
    """Print the table and the closing line; the exit status."""
    print("\n" + "-" * 72)
    for r in results:
        word = "MISSING" if r.missing else "failed" if r.failed else "ok"
        counts = "" if r.missing else f"{r.passed} passed, {r.failed} failed, {r.skipped} skipped"
        print(f"{word:<8} {r.name:<22} {r.seconds:6.1f} s  {counts}" + (f"-> {r.missing}" if r.missing else ""))
    missing = [r.name for r in results if r.missing]
    if missing:
        print(f"Did not run: {', '.join(missing)}. This is not the whole test.")
    for leg, test in [(r.name, test) for r in results for test in r.unsteady]:
        print(f"UNSTEADY {leg}: {test} failed once, then passed {TIMES} times alone. It needs mending.")
    for path, lines in long_files():
        print(f"{path} has {lines} lines: at 300 it becomes a package, at 400 it fails.")
    passed, failed = sum(r.passed for r in results), sum(r.failed for r in results)
    print(f"{passed} passed, {failed} failed", flush=True)
    return 1 if failed else 3 if missing else 0


def long_files() -> Iterator[tuple[Path, int]]:
    """Source files past the length at which they are to be split."""
    for path in sorted(Path("src").rglob("*.py")):
        lines = len(path.read_text(encoding="utf-8").splitlines())
        if lines > 300 and "migrations" not in path.parts:
            yield path, lines


def choose(arguments: list[str]) -> Callable[[Run], None]:
    if arguments == ["--fast"]:
        return fast
    if arguments:
        return lambda run: run.pytest("tests", *arguments)
    return everything


def main(arguments: list[str]) -> int:
    if arguments == ["--can-browse"]:
        return 0 if can_browse() else 1
    folder = Path(tempfile.mkdtemp(prefix="simpul-test-"))
    try:
        run = Run(folder)
        choose(arguments)(run)
        return summary(run.results)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
