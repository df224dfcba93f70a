"""The whole API under generated requests: no server error, and nothing that its document does not say.

Every request is sent as the public and as one of the cast in turn, with keys that exist put among the generated ones,
so that what is behind a 404 is reached too.
"""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase, settings
from pytest_django import DjangoDbBlocker
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from simpul.access.models import Grant
from simpul.api.throttle import THROTTLE
from simpul.interop.queries import rows_of
from simpul.kernel.actor import Member
from simpul.kernel.localized import LocalizedText
from simpul.notices.models import Recipient
from simpul.organisations.models import Membership
from simpul.organisations.receipts import new_receipt
from simpul.organisations.services.announcements import announce
from simpul.organisations.services.board import post_entry
from simpul.results.indicators import INDICATORS
from tests.activities.test_acts import make_series
from tests.api.conftest import secret_of
from tests.cast import Cast, Stage
from tests.factories.activities import make_event, session_of
from tests.factories.applications import apply
from tests.factories.documents import make_document, pdf
from tests.factories.documents import send as send_file
from tests.factories.imports import checked
from tests.factories.networks import make_programme
from tests.factories.notices import PLAIN, declared, send
from tests.factories.organisations import SYSTEM, make_service_point
from tests.factories.territory import areas

CALLERS: Final = ("budi", "dewi", "joko")
CHECKS: Final = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
EXAMPLES: Final = 5
api = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
KNOWN: dict[str, list[str]] = {}  # the name of an input -> keys that exist
DICE = random.Random(7)


@api.hook
def map_path_parameters(context: Any, path_parameters: dict[str, Any] | None) -> dict[str, Any]:
    return _with_known(path_parameters)


@api.hook
def map_query(context: Any, query: dict[str, Any] | None) -> dict[str, Any]:
    return _with_known(query)


@api.hook
def map_body(context: Any, body: Any) -> Any:
    return _with_known(body) if isinstance(body, dict) else body


def _with_known(inputs: dict[str, Any] | None) -> dict[str, Any]:
    """Half of the keys are of something that is there."""
    return {
        name: DICE.choice(KNOWN[name]) if name in KNOWN and DICE.random() < 0.5 else value
        for name, value in (inputs or {}).items()
    }


@pytest.fixture(scope="module", autouse=True)
def _connection_kept() -> Iterator[None]:
    """As Django's own client does: the end of a request must not close the connection that the test's world is on."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture(scope="module")
def secrets(stage: Stage, django_db_blocker: DjangoDbBlocker) -> Iterator[dict[str, str]]:
    with django_db_blocker.unblock(), transaction.atomic():
        cast = stage.set_up()
        areas("52.03.01")
        point = make_service_point(cast.uptd)
        with declared(PLAIN):
            for played in (cast.budi, cast.dewi):
                assert played.user
                send(played.user, actor=played.actor)
        organisations = [str(o.pk) for o in (cast.lentera, cast.network, cast.forum, cast.uptd)]
        people = [str(played.person.pk) for played in cast if played.person]
        KNOWN.update(
            organisation_id=organisations,
            network_id=organisations,
            record_id=organisations,
            network=organisations,
            member=organisations,
            organisation=organisations,
            about=organisations,
            to=organisations,
            person_id=people,
            person=people,
            point_id=[str(point.pk)],
            membership_id=[str(pk) for pk in Membership.objects.values_list("pk", flat=True)],
            notice_id=[str(pk) for pk in Recipient.objects.values_list("pk", flat=True)],
            owner=organisations,
            **_files(cast),
            **_secretariat(cast),
            **_events(cast),
            grant_id=[str(pk) for pk in Grant.objects.values_list("pk", flat=True)],
            programme_id=[str(make_programme(cast.network).pk)],
            area=["52", "52.03"],
            seat=["52", "52.03"],
            kind=["organisations.organisation", "OT.T"],
            code=["52", "52.03", *INDICATORS],
        )
        yield {key: secret_of(cast.played[key]) for key in CALLERS}
        transaction.set_rollback(True)


def _files(cast: Cast) -> dict[str, list[str]]:
    """A paper, an upload, an import that waits to be looked through."""
    assert isinstance(cast.budi.actor, Member)
    key = str(send_file(cast.budi.actor, pdf()))
    rows = (("Nama", "Jenis"), ("Yayasan Baru", "Yayasan"), ("Tanpa Jenis", ""), ("Pusat Riset Contoh", "Yayasan"))
    batch = checked(cast.dewi.actor, *rows, organisation_id=cast.network.pk)
    return {
        "document_id": [str(make_document(cast.budi.actor, cast.lentera.ref).pk)],
        "key": [key],
        "upload": [key],
        "import_id": [str(batch.pk)],
        "row_id": [str(row.pk) for row in rows_of(batch)],
        "recipe": ["organisations", "memberships", "people"],
    }


def _secretariat(cast: Cast) -> dict[str, list[str]]:
    """An application, an announcement, an entry on the board; each where it is kept."""
    receipt, now = new_receipt(), datetime.now(UTC)
    words = LocalizedText(id="Rapat bulanan")
    hung = post_entry(
        SYSTEM, cast.forum, organisation=cast.lentera, side="need", kind="place", title="Ruang", contact="0800", now=now
    )
    return {
        "application_id": [str(apply(cast.network, receipt=receipt).pk)],
        "receipt": [receipt],
        "announcement_id": [str(announce(SYSTEM, cast.network, title=words, body=words, levels=9, now=now).pk)],
        "entry_id": [str(hung.pk)],
    }


def _events(cast: Cast) -> dict[str, list[str]]:
    """An event of the group that takes registrations, a draft, one that names nobody, and a series."""
    now = datetime.now(UTC).replace(microsecond=0)
    coming = {"starts_at": now + timedelta(days=30), "now": now}
    rows = [
        make_event(cast.lentera, capacity=5, **coming),
        make_event(cast.lentera, published=False, **coming),
        make_event(cast.lentera, is_sensitive=True, **coming),
    ]
    return {
        "event_id": [str(row.pk) for row in rows],
        "session_id": [str(session_of(row).pk) for row in rows],
        "series_id": [str(make_series(cast.lentera).pk)],
    }


@pytest.mark.generated
@pytest.mark.django_db
@api.parametrize()
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_nothing_breaks_and_nothing_surprises(case: Any, secrets: dict[str, str]) -> None:
    for secret in ("", DICE.choice(list(secrets.values()))):
        THROTTLE.forget_all()
        headers = {"Accept-Encoding": "identity", **({"Authorization": f"Bearer {secret}"} if secret else {})}
        with transaction.atomic():
            case.call_and_validate(headers=headers, checks=CHECKS)
            transaction.set_rollback(True)
