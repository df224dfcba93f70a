"""Who reads which people."""

from simpul.kernel.actor import Actor
from simpul.people.queries import people_for, today
from tests.cast import Cast
from tests.matrix import Row, Surface, surface

ROWS: list[Row] = []


def _read(actor: Actor, cast: Cast) -> list[str]:
    return list(people_for(actor, on=today(cast.now)).values_list("name", flat=True))


SURFACES: list[Surface] = [
    surface(
        "people_for",
        _read,
        default=[],
        ani=["Ani"],
        budi=["Ani", "Budi"],
        citra=["Citra"],
        dewi=["Dewi", "Fitri", "Gede"],
        eko=["Eko"],
        fitri=["Fitri"],
        gede=["Gede"],
        hasan=["Hasan"],
        indah=["Indah"],
        joko=["Joko"],
        kartika=["Ani", "Budi", "Kartika"],
    )
]
