"""Protecting a table of counts: CPU seconds, memory, what is hidden; growth over the number of districts.

    python benchmarks/disclosure.py                    120, 500 and 2,000 districts, sparse ones, a book
    python benchmarks/disclosure.py 500 38             other sizes: districts, provinces
    python benchmarks/disclosure.py --write            puts the tables into docs/disclosure.md as well

Each table is protected by `simpul protect` in a process of its own, pinned to one thread, after one run that compiles.
The tables are long-tailed counts of districts in provinces x types in groups x sexes, from a seed.
"""

import csv
import itertools
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

SIZES = ((120, 10), (500, 38), (2000, 38))
PINNED = {"OMP_NUM_THREADS": "1", "NUMBA_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
TYPES, GROUPS, SEXES = 12, 4, (0.78, 0.22)
SEEDS, RUNS = (2, 3, 4, 5, 6), 240
DOCUMENT = Path(__file__).parent.parent / "docs" / "disclosure.md"
BEGIN, END = "<!-- written by benchmarks/disclosure.py -->\n", "<!-- until here -->"
HEAD = "| table | zeros | persons | CPU s | MB | cells hidden | value hidden | secondary | tables | protected | open |"


def write_table(districts: int, provinces: int, out: Path, seed: int = 1, mean: float = 5.0) -> int:
    """Log-normal means of districts, types and cells; Poisson counts. Returns how many persons."""
    chance = np.random.default_rng(seed)
    province = np.sort(np.concatenate([np.arange(provinces), chance.integers(0, provinces, districts - provinces)]))
    size = chance.lognormal(0, 1.2, districts)
    share = 1 / np.arange(1, TYPES + 1) ** 1.1
    chance.shuffle(share)
    means = size[:, None, None] * share[None, :, None] * np.array(SEXES)[None, None, :]
    means = means * chance.lognormal(0, 0.6, (districts, TYPES, len(SEXES)))
    counts = chance.poisson(means * mean / means.mean())
    with out.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["prov", "dist", "grp", "type", "sex", "freq"])
        for d, t, s in np.ndindex(counts.shape):
            writer.writerow(
                [f"P{province[d]:02d}", f"D{d:04d}", f"G{t * GROUPS // TYPES}", f"T{t:02d}", f"S{s}", counts[d, t, s]]
            )
    return int(counts.sum())


def protect(table: Path, zeros: str, out: Path, *more: str) -> tuple[float, float, str]:
    """CPU seconds, MB at most, and what the command said."""
    command = [sys.executable, "-m", "simpul", "protect", str(table), "--dims", "prov>dist,grp>type,sex"]
    command += ["--count", "freq", "-k", "5", "--zeros", zeros, "--out", str(out), *more]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=os.environ | PINNED)
    said = process.stdout.read() if process.stdout else ""
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"simpul protect ended with {process.returncode}")
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, said


def hidden(table: Path, out: Path) -> tuple[float, float, float]:
    """Share of cells blank; of value blank; of value blank in cells of 5 and more. In percent, over declared cells."""
    with table.open(encoding="utf-8") as file:
        records = list(csv.DictReader(file))
    truth: dict[tuple[str, ...], int] = {}
    for row in records:
        for prov, dist in (("Total", "Total"), (row["prov"], "Total"), (row["prov"], row["dist"])):
            for grp, kind in (("Total", "Total"), (row["grp"], "Total"), (row["grp"], row["type"])):
                for sex in ("Total", row["sex"]):
                    key = (prov, dist, grp, kind, sex)
                    truth[key] = truth.get(key, 0) + int(row["freq"])
    with out.open(encoding="utf-8") as file:
        told = [(tuple(row[:-2]), row[-2], row[-1]) for row in list(csv.reader(file))[1:]]
    assert {key for key, _, _ in told} == set(truth)
    assert all(truth[key] == int(count) for key, count, status in told if status == "published")
    blank = [truth[key] for key, _, status in told if status == "suppressed"]
    whole = sum(truth.values())
    return 100 * len(blank) / len(told), 100 * sum(blank) / whole, 100 * sum(v for v in blank if v >= 5) / whole


def row_of(what: str, table: Path, zeros: str, out: Path, persons: int, *more: str) -> tuple[str, float]:
    """A line of the table, and its CPU seconds."""
    seconds, memory, said = protect(table, zeros, out, *more)
    cells, value, secondary = hidden(table, out)
    others = re.match(r"(\d+) other tables .* each of the (\d+) protected", said.splitlines()[1])
    assert others, said
    told = "hidden" if zeros == "hide" else "shown"
    parts = f"{seconds:.2f} | {memory:.0f} | {cells:.2f} % | {value:.3f} % | {secondary:.3f} %"
    return f"| {what} | {told} | {persons:,} | {parts} | {int(others[1])} | {int(others[2]):,} | 0 |", seconds


def tables(sizes: Sequence[tuple[int, int]]) -> Iterator[str]:
    """The lines of the first table, as each is done: a refusal or a checker that is not content ends the program."""
    with tempfile.TemporaryDirectory() as folder:
        table, out = Path(folder) / "table.csv", Path(folder) / "out.csv"
        write_table(40, 5, table)
        for zeros in ("hide", "show"):
            protect(table, zeros, out)  # compiles
        before: tuple[int, float] | None = None
        yield HEAD
        yield "|" + "---|" * (HEAD.count("|") - 1)
        for districts, provinces in sizes:
            persons = write_table(districts, provinces, table)
            for zeros in ("hide", "show"):
                line, seconds = row_of(f"{districts:,} districts", table, zeros, out, persons)
                if zeros == "hide":
                    if before:
                        exponent = np.log(seconds / before[1]) / np.log(districts / before[0])
                        line = line.replace("districts |", f"districts (growth exponent {exponent:.2f}) |")
                    before = (districts, seconds)
                yield line
        for districts, mean in ((500, 0.4), (500, 0.05)):
            persons = write_table(districts, 38, table, mean=mean)
            yield row_of(f"a sparse month of {districts} districts", table, "hide", out, persons)[0]
        for seed in SEEDS:
            persons = write_table(500, 38, table, seed)
            yield row_of(f"500 districts, seed {seed}", table, "hide", out, persons)[0]
        persons = write_table(120, 10, table)
        what = f"120 districts, `--improve {RUNS}`"
        yield row_of(what, table, "hide", out, persons, "--improve", str(RUNS))[0]


def book() -> Iterator[str]:
    """The lines of the second table: a year of 500 districts, provinces by type monthly, districts by group quarterly,
    districts yearly. Seconds of this process, after one year of a small book that compiles.
    """
    yield "| of a book | CPU s | declared | published |\n|---|---|---|---|"
    for _ in one_year(24, 4):
        pass
    for period, seconds, declared, published in one_year(500, 38):
        if period in {"2025-01", "2025-02", "2025-12", "2025-Q1", "2025-Q4", "2025", "verified"}:
            yield f"| {period} | {seconds:.2f} | {declared:,} | {published:,} |"


def one_year(districts: int, provinces: int) -> Iterator[tuple[str, float, int, int]]:
    """Each period with its seconds, declared and published cells; at last the verdict on all of it."""
    from simpul.disclosure.batches import batch_of
    from simpul.disclosure.books import Book
    from simpul.disclosure.chains import MemoryStore
    from simpul.disclosure.outlines import Declared, Outline, dimension, margins_of
    from simpul.disclosure.periods import Cadence

    chance = np.random.default_rng(1)
    places = [(f"P{d % provinces:02d}", f"D{d:04d}") for d in range(districts)]
    types = [(f"G{t * GROUPS // TYPES}", f"T{t:02d}") for t in range(TYPES)]
    both = dimension(("prov", "dist"), places), dimension(("grp", "type"), types)
    declared = margins_of(both, by=("prov", "type"), cadence=Cadence.MONTH)
    declared += margins_of(both, by=("dist", "grp"), least=("dist",), cadence=Cadence.QUARTER)
    outline = Outline(2025, both, (*declared, Declared(("dist",), Cadence.YEAR)))
    made, batches = Book(outline, MemoryStore()), []
    means = chance.lognormal(0, 1.2, (districts, 1)) * chance.lognormal(0, 0.8, (1, TYPES)) * 0.4
    rows = {"dist": [d for _, d in places for _ in types], "type": [t for _ in places for _, t in types]}
    for month in range(1, 13):
        counts = chance.poisson(means).reshape(-1).tolist()
        batches.append(batch_of(outline, f"2025-{month:02d}", {**rows, "n": counts}, "n"))
        for tier, period in made.due([one.name for one in batches]):
            begun, needed = time.process_time(), set(made.needs(tier, period))
            release = made.publish(made.propose(tier, period, [one for one in batches if one.name in needed]))
            told = sum(value is not None for value in release.cells.values())
            yield period, time.process_time() - begun, len(release.cells), told
    begun = time.process_time()
    verdict = made.verify()
    yield "verified", time.process_time() - begun, verdict.declared, verdict.published


def machine() -> str:
    load = os.getloadavg()[0]
    return (
        f"{os.cpu_count()} cores, Python {sys.version.split()[0]}, load average {load:.1f}; k = 5, seed 1, one thread."
    )


def written(text: str, lines: Sequence[str]) -> str:
    """The document with these lines between its marks. ValueError where it has none."""
    before, begin, rest = text.partition(BEGIN)
    _old, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError("no marks")
    return "\n".join([before + begin, *lines, end + after])


def main() -> None:
    asked = [int(argument) for argument in sys.argv[1:] if argument.isdecimal()]
    sizes = list(zip(asked[::2], asked[1::2], strict=True)) or list(SIZES)
    os.environ.update(PINNED)
    lines = [machine(), ""]
    print(lines[0], flush=True)
    for line in itertools.chain(tables(sizes), [""], book()):
        print(line, flush=True)
        lines.append(line)
    if "--write" in sys.argv:
        DOCUMENT.write_text(written(DOCUMENT.read_text(encoding="utf-8"), lines), encoding="utf-8")


if __name__ == "__main__":
    main()
