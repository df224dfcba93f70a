"""From a CSV file of counts to a CSV file of what may be published of them."""

from dataclasses import dataclass
from pathlib import Path

from simpul.disclosure.chains import Release, key_of
from simpul.disclosure.checking import verify
from simpul.disclosure.cubes import cells_of, cube_of
from simpul.disclosure.dimensions import parse_shapes
from simpul.disclosure.improving import improve
from simpul.disclosure.ledger import Ledger
from simpul.disclosure.protecting import Zeros, protect, thresholds
from simpul.disclosure.tables import declared_rows, read_csv, write_csv


@dataclass(frozen=True)
class Told:
    """What came of it: declared cells, blank ones, what the independent checker counted, and the ledger's end."""

    declared: int
    blank: int
    tables: int
    protected: int
    reaching: int
    digest: str
    releases: int = 0  # in the ledger, this one included
    head: str = ""


def protect_file(
    table: Path,
    *,
    dims: str,
    count: str,
    k: int,
    zeros: Zeros,
    out: Path,
    ledger: Path | None = None,
    period: str = "",
    runs: int = 0,
) -> Told:
    """Protect, check, append to the ledger where there is one and is whole, and only then write `out`. Refused: nothing
    is written.

    `runs` above 0 tries as often to hide less. Every combination of the margins of `dims` is declared.
    """
    cube = cube_of(read_csv(table), parse_shapes(dims), count)
    cells = cells_of(cube, cube.every_view())
    protection = improve(cells, k, zeros, runs=runs) if runs else protect(cells, k, zeros)
    is_shown = zeros == Zeros.SHOW
    published, certificate = protection.is_published, protection.certificate
    verdict = verify(cells, thresholds(cells, k), published, certificate, zeros_are_shown=is_shown)
    kept: tuple[Release, ...] = ()
    if ledger is not None:
        told = {key_of(labels): int(number) if number else None for labels, number, _ in declared_rows(protection)}
        whole = Ledger(ledger)
        whole.verify()
        whole.append(period, told, certificate)
        kept = whole.releases()
    write_csv(out, protection)
    counted = (len(cells), int((~published).sum()), verdict.tables, verdict.protected, verdict.reaching)
    return Told(*counted, certificate.digest, len(kept), kept[-1].digest if kept else "")
