"""Who reads which grants."""

from simpul.access.queries import grants_for
from simpul.kernel.actor import Actor
from tests.cast import NAMES, Cast
from tests.matrix import Row, Surface, surface

ROWS: list[Row] = []
EVERYBODY = sorted(name.title() for name in NAMES if name != "publik")


def _held(actor: Actor, cast: Cast) -> list[str]:
    return sorted(grants_for(actor, now=cast.now).values_list("person__name", flat=True))


SURFACES: list[Surface] = [
    surface(
        "grants_for",
        _held,
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
        joko=EVERYBODY,
        kartika=["Ani", "Budi", "Kartika"],
    )
]
