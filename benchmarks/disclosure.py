"""Protecting a table of counts: CPU seconds, memory, what is hidden; growth over the number of districts.

    python benchmarks/disclosure.py                    120, 500 and 2,000 districts
    python benchmarks/disclosure.py 500 38             other sizes: districts, provinces

Each table is protected by `simpul protect` in a process of its own, pinned to one thread, after one run that compiles.
The tables are long-tailed counts of districts in provinces x types in groups x sexes, from a seed.
"""

import csv
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

SIZES = ((120, 10), (500, 38), (2000, 38))
PINNED = {"OMP_NUM_THREADS": "1", "NUMBA_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
TYPES, GROUPS, SEXES = 12, 4, (0.78, 0.22)


def write_table(districts: int, provinces: int, out: Path, seed: int = 1) -> int:
    """Log-normal means of districts, types and cells; Poisson counts. Returns how many persons."""
    chance = np.random.default_rng(seed)
    province = np.sort(np.concatenate([np.arange(provinces), chance.integers(0, provinces, districts - provinces)]))
    size = chance.lognormal(0, 1.2, districts)
    share = 1 / np.arange(1, TYPES + 1) ** 1.1
    chance.shuffle(share)
    mean = size[:, None, None] * share[None, :, None] * np.array(SEXES)[None, None, :]
    mean = mean * chance.lognormal(0, 0.6, (districts, TYPES, len(SEXES)))
    counts = chance.poisson(mean * 5.0 / mean.mean())
    with out.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["prov", "dist", "grp", "type", "sex", "freq"])
        for d, t, s in np.ndindex(counts.shape):
            writer.writerow(
                [f"P{province[d]:02d}", f"D{d:04d}", f"G{t * GROUPS // TYPES}", f"T{t:02d}", f"S{s}", counts[d, t, s]]
            )
    return int(counts.sum())


def protect(table: Path, zeros: str, out: Path) -> tuple[float, float, str]:
    """CPU seconds, MB at most, and what the command said."""
    command = [sys.executable, "-m", "simpul", "protect", str(table), "--dims", "prov>dist,grp>type,sex"]
    command += ["--count", "freq", "-k", "5", "--zeros", zeros, "--out", str(out)]
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


def main() -> None:
    asked = [int(argument) for argument in sys.argv[1:]]
    sizes = list(zip(asked[::2], asked[1::2], strict=True)) or list(SIZES)
    print(
        f"{os.cpu_count()} cores, Python {sys.version.split()[0]}, load average {os.getloadavg()[0]:.1f}; k = 5, seed 1"
    )
    print(
        f"{'districts':>9} {'zeros':>5} {'persons':>8} {'CPU s':>6} {'MB':>5} "
        f"{'cells %':>8} {'value %':>8} {'secondary %':>11}"
    )
    with tempfile.TemporaryDirectory() as folder:
        table, out = Path(folder) / "table.csv", Path(folder) / "out.csv"
        write_table(40, 5, table)
        for zeros in ("hide", "show"):
            protect(table, zeros, out)  # compiles
        before: tuple[int, float] | None = None
        for districts, provinces in sizes:
            persons = write_table(districts, provinces, table)
            for zeros in ("hide", "show"):
                seconds, memory, said = protect(table, zeros, out)
                cells, value, secondary = hidden(table, out)
                print(
                    f"{districts:9,} {zeros:>5} {persons:8,} {seconds:6.2f} {memory:5.0f} "
                    f"{cells:8.2f} {value:8.3f} {secondary:11.3f}"
                )
                print("          " + said.splitlines()[1])
                if zeros == "hide":
                    if before:
                        exponent = np.log(seconds / before[1]) / np.log(districts / before[0])
                        print(
                            f"          growth exponent from {before[0]:,} districts, start-up counted: {exponent:.2f}"
                        )
                    before = (districts, seconds)
    print(f"largest process {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
