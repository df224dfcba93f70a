"""How many queries a list or a record takes does not grow with its rows."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from simpul.activities.models import Event
from simpul.activities.services.programme import add_contribution, add_session
from simpul.interop.models import ImportBatch
from simpul.kernel.localized import LocalizedText
from simpul.organisations.models import Membership, Organisation
from simpul.organisations.services.announcements import announce
from simpul.organisations.services.board import post_entry
from simpul.organisations.services.membership_life import decide_membership
from simpul.organisations.services.service_records import log_service
from simpul.people.codes import Purpose
from simpul.people.models import Person
from simpul.people.services import record_contact_consent
from simpul.territory.services import add_crosswalk
from tests.activities.test_acts import make_series
from tests.api.conftest import Program
from tests.cast import NOW, Cast
from tests.factories.activities import START, enrol, make_event
from tests.factories.applications import apply
from tests.factories.documents import make_document
from tests.factories.imports import checked
from tests.factories.networks import admit, make_group, make_programme
from tests.factories.notices import PLAIN, declared, send
from tests.factories.organisations import SYSTEM, make_organisation, make_service_point
from tests.factories.people import make_affiliation, make_person
from tests.factories.territory import areas

pytestmark = pytest.mark.django_db
Programs = Callable[..., Program]
V1 = "/api/v1"


def _make(cast: Cast, rows: int) -> None:
    """So many more of everything that a list holds."""
    areas("52.03")
    for _ in range(rows):
        group = make_group()
        admit(cast.network, group)
        make_programme(cast.lentera)
        make_service_point(cast.uptd)
        make_affiliation(make_person(), cast.lentera)
        make_organisation(seat="52.03")
    _tell(cast, rows)
    _keep(cast, rows)
    _meet(cast, rows)


def _meet(cast: Cast, rows: int) -> None:
    """So many events and series; the last event with so many sessions, contributors and people registered."""
    for number in range(rows):
        make_series(cast.lentera)
        event = make_event(cast.lentera, starts_at=START + timedelta(days=number), area=areas("52.03")[0])
    for number in range(rows):
        begin = event.starts_at + timedelta(minutes=30 * number)
        add_session(SYSTEM, event, starts_at=begin, ends_at=begin + timedelta(minutes=30), now=NOW)
        given = {"part": "speaker", "name": f"Narasumber {number}", "organisation": cast.forum, "is_public": True}
        add_contribution(SYSTEM, event, **given, now=NOW)  # type: ignore[arg-type]
        enrol(event)


def _keep(cast: Cast, rows: int) -> None:
    """So many papers, announcements, applications, services, entries on the board, imports."""
    words, now = LocalizedText(id="Rapat bulanan"), datetime.now(UTC)
    assert cast.ani.person
    for number in range(rows):
        make_document(cast.budi.actor, cast.lentera.ref, title=f"Akta {number}")
        announce(SYSTEM, cast.network, title=words, body=words, levels=9, now=now)
        apply(cast.network)
        served = [cast.forum] if number % 2 else []
        log_service(SYSTEM, cast.network, kind="LS.01", served_on=now.date(), outcome="done", members=served, now=now)
        post_entry(
            SYSTEM, cast.forum, organisation=cast.lentera, side="need", kind="place", title=f"Ruang {number}",
            contact="0800", now=now,
        )  # fmt: skip
        checked(cast.dewi.actor, ("Nama", "Jenis"), *[("Yayasan", "Yayasan")] * rows, organisation_id=cast.network.pk)
        record_contact_consent(
            SYSTEM, cast.ani.person, purpose=Purpose.values[number], given_on=NOW.date(), channel="phone", now=NOW
        )


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("path", "queries"),
    [
        ("networks/{network}/applications", 7),
        ("networks/{network}/services", 9),
        ("networks/{network}/service-counts", 8),
        ("networks/{network}/readiness", 7),
        ("imports", 5),
        ("imports/{batch}/rows", 8),
    ],
)
def test_queries_of_a_secretariat_do_not_grow_with_rows(
    cast: Cast, program: Programs, django_assert_max_num_queries: Any, path: str, queries: int, rows: int
) -> None:
    _keep(cast, rows)
    dewi = program(cast.dewi)
    dewi.get(f"{V1}/me")
    batch = ImportBatch.objects.all()[0]
    with django_assert_max_num_queries(queries):
        assert dewi.get(f"{V1}/{path.format(network=cast.network.pk, batch=batch.pk)}").status_code == 200


def _tell(cast: Cast, rows: int) -> None:
    """So many notices, decisions and changes of codes."""
    assert cast.budi.user
    agreed = Membership.objects.get(member=cast.lentera, network=cast.forum, superseded_at=None)
    for number in range(rows):
        with declared(PLAIN):
            send(cast.budi.user, actor=cast.budi.actor)
        act, why = ("put_on_leave", "Pengurus berganti") if number % 2 == 0 else ("return", "")
        decide_membership(SYSTEM, agreed, act=act, effective_on=NOW.date(), why=why, now=NOW)
        add_crosswalk(
            SYSTEM, f"52.9{number}", new_code="52.03", valid_from=NOW.date(), kind="recode", basis="Aturan", now=NOW
        )


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("path", "queries"),
    [
        ("organisations", 8),
        ("organisations?area=52", 9),
        ("organisations?q=kelompok", 9),
        ("organisations/{lentera}", 9),
        ("organisations/{lentera}/names", 6),
        ("organisations/{lentera}/memberships", 7),
        ("organisations/{lentera}/networks", 6),
        ("organisations/{lentera}/people", 7),
        ("networks/{network}/members", 8),
        ("organisations/{network}/ties", 6),
        ("organisations/{network}/distance?to={lentera}", 11),
        ("networks/{network}/memberships", 7),
        ("programmes", 5),
        ("service-points?area=52.03", 8),
        ("areas?q=lombok", 6),
        ("figures", 15),
        ("people", 7),
        ("people/{ani}", 9),
        ("grants", 6),
        ("me", 4),
        ("threads/organisations.organisation/{lentera}", 7),
        ("search?q=kelompok", 8),
        ("networks/{network}/standings", 9),
        ("memberships/{membership}/decisions", 6),
        ("crosswalks", 6),
        ("holidays", 5),
        ("notices", 5),
        ("sent-notices", 6),
        ("organisations/{lentera}/working-areas", 6),
        ("organisations/{lentera}/documents", 8),
        ("people/{ani}/consents", 6),
        ("networks/{forum}/board", 8),
        ("announcements", 6),
        ("imports", 5),
        ("events", 7),
        ("events/{event}", 12),
        ("event-series", 6),
    ],
)
def test_queries_do_not_grow_with_rows(
    cast: Cast, program: Programs, django_assert_max_num_queries: Any, path: str, queries: int, rows: int
) -> None:
    _make(cast, rows)
    assert cast.ani.person
    budi = program(cast.budi)
    budi.get(f"{V1}/me")  # the first use of a token on a day is noted
    membership = Membership.objects.get(member=cast.lentera, network=cast.forum, superseded_at=None)
    found = path.format(
        lentera=cast.lentera.pk,
        network=cast.network.pk,
        forum=cast.forum.pk,
        ani=cast.ani.person.pk,
        membership=membership.pk,
        event=Event.objects.latest("pk").pk,
    )
    with django_assert_max_num_queries(queries):
        assert budi.get(f"{V1}/{found}").status_code == 200
    assert Organisation.objects.count() > rows
    assert Person.objects.count() > rows
