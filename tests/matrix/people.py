"""Who reads which people."""

from simpul.kernel.actor import Actor
from simpul.people.queries import people_for, today
from tests.cast import Cast
from tests.matrix import LOGIN, OK, UNSEEN, Row, Surface, row, surface


def ani(cast: Cast) -> dict[str, object]:
    assert cast.ani.person is not None
    return {"person_id": cast.ani.person.pk}


ROWS: list[Row] = [
    row("people:people", default=OK, publik=LOGIN),
    row("people:people", method="post", data={"cari": "ani"}, default=OK, publik=LOGIN),
    row("people:person", ani, default=UNSEEN, publik=LOGIN, ani=OK, budi=OK, kartika=OK),
    row("people:change", ani, default=UNSEEN, publik=LOGIN, ani=OK, budi=OK, kartika=OK),
    row(
        "people:change",
        ani,
        method="post",
        data={"version": 1, "name": "Ani R."},
        default=UNSEEN,
        publik=LOGIN,
        ani=302,
        budi=302,
        kartika=302,
    ),
    row("people:contacts", ani, default=UNSEEN, publik=LOGIN, ani=OK, budi=OK, kartika=OK),
    row(
        "people:contacts",
        ani,
        method="post",
        data={"version": 1, "phone": "08001234567"},
        default=UNSEEN,
        publik=LOGIN,
        ani=302,
        budi=302,
        kartika=302,
    ),
]


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
