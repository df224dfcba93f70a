"""Who reads which people."""

from datetime import date

from simpul.kernel.actor import Actor
from simpul.people.models import Affiliation
from simpul.people.queries import people_for, today
from simpul.people.services import record_contact_consent, register_person
from tests.cast import Cast
from tests.matrix import DENIED, INVALID, LOGIN, MOVED, OK, UNSEEN, Row, Surface, row, surface


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


def anis_title(cast: Cast) -> dict[str, object]:
    return {"affiliation_id": Affiliation.objects.get(person=cast.ani.person, superseded_at=None).pk}


def budis_title(cast: Cast) -> dict[str, object]:
    return {"affiliation_id": Affiliation.objects.get(person=cast.budi.person, superseded_at=None).pk}


def anis_consent(cast: Cast) -> dict[str, object]:
    assert cast.ani.person is not None
    consent = record_contact_consent(
        cast.budi.actor,
        cast.ani.person,
        purpose="directory",
        channel="in_person",
        given_on=date(2025, 2, 1),
        now=cast.now,
    )
    return {"consent_id": consent.pk}


AGREED = {"purpose": "directory", "channel": "in_person", "given_on": "2025-02-01"}
ROWS += [
    row("people:affiliate", ani, default=UNSEEN, publik=LOGIN, ani=DENIED, budi=OK, kartika=OK),
    row(
        "people:affiliate", ani, method="post", default=UNSEEN, publik=LOGIN, ani=DENIED, budi=INVALID, kartika=INVALID
    ),
    row("people:affiliation", anis_title, default=UNSEEN, publik=LOGIN, ani=DENIED, budi=OK, kartika=OK),
    row(
        "people:affiliation",
        anis_title,
        method="post",
        data={"role": "volunteer", "valid_from": "2000-01-01", "valid_until": "1999-01-01"},
        default=UNSEEN,
        publik=LOGIN,
        ani=DENIED,
        budi=INVALID,
        kartika=INVALID,
    ),
    row("people:affiliation-end", anis_title, default=UNSEEN, publik=LOGIN, ani=OK, budi=OK, kartika=OK),
    row("people:affiliation-end", budis_title, default=UNSEEN, publik=LOGIN, budi=OK, kartika=OK, because="of Budi"),
    row(
        "people:affiliation-end",
        anis_title,
        method="post",
        data={"valid_until": "1999-01-01"},
        default=UNSEEN,
        publik=LOGIN,
        ani=INVALID,
        budi=INVALID,
        kartika=INVALID,
    ),
    row("people:consent", ani, default=UNSEEN, publik=LOGIN, ani=OK, budi=OK, kartika=OK),
    row(
        "people:consent",
        ani,
        method="post",
        data={**AGREED, "purpose": ""},
        default=UNSEEN,
        publik=LOGIN,
        ani=INVALID,
        budi=INVALID,
        kartika=INVALID,
    ),
    row("people:consent-withdraw", anis_consent, default=UNSEEN, publik=LOGIN, ani=OK, budi=OK, kartika=OK),
    row(
        "people:consent-withdraw",
        anis_consent,
        method="post",
        default=UNSEEN,
        publik=LOGIN,
        ani=MOVED,
        budi=MOVED,
        kartika=MOVED,
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


def rohani(cast: Cast) -> dict[str, object]:
    """Of Lentera, without a role."""
    made = register_person(cast.budi.actor, organisation=cast.lentera, role="volunteer", name="Rohani", now=cast.now)
    return {"person_id": made.pk}


ROWS += [
    row("people:erase", rohani, default=UNSEEN, publik=LOGIN, budi=OK, kartika=OK),
    row(
        "people:erase",
        rohani,
        method="post",
        data={"ground": "asked", "sure": "on"},
        default=UNSEEN,
        publik=LOGIN,
        budi=MOVED,
        kartika=MOVED,
    ),
]
