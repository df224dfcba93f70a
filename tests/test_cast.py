"""The cast is what its names promise."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from simpul.access.models import Grant
from simpul.access.roles import ROLES
from simpul.accounts.models import User
from simpul.audit.models import Act
from simpul.kernel.actor import Anonymous, Member
from simpul.organisations.models import Organisation
from simpul.people.models import Affiliation, Person
from simpul.search.models import Entry
from tests.cast import MEMBERS, Cast, Stage


def test_everybody_holds_the_one_role_of_their_name(cast: Cast) -> None:
    held = {p.key: sorted(p.actor.roles) for p in cast if isinstance(p.actor, Member)}
    assert held == {key: [role] for key, (_name, role, _place, _title) in MEMBERS.items()}
    assert {role for _n, role, _p, _t in MEMBERS.values()} == set(ROLES) - {"auditor"}


def test_the_public_is_nobody(cast: Cast) -> None:
    assert isinstance(cast.publik.actor, Anonymous)


@pytest.mark.parametrize("key", MEMBERS)
def test_a_browser_of_theirs_is_signed_in(cast: Cast, key: str) -> None:
    played = getattr(cast, key)
    response = played.client().get("/")
    assert response.wsgi_request.actor == played.actor
    assert response.status_code == 200


def test_the_public_costs_no_query_for_being_nobody(cast: Cast) -> None:
    browser = cast.publik.client()
    with CaptureQueriesContext(connection) as asked:
        response = browser.get("/kerahasiaan/")
    assert isinstance(response.wsgi_request.actor, Anonymous)
    tables = ("django_session", "accounts_user", "people_person", "access_grant")
    assert [q["sql"] for q in asked.captured_queries if any(table in q["sql"] for table in tables)] == []


def test_setting_the_stage_stays_cheap(db: None, stage: Stage, django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(20):
        cast = stage.set_up()
    assert Person.objects.count() == len(MEMBERS)
    assert Act.objects.count() == 0
    assert cast.ani.person == Person.objects.get(name="Ani")


def test_what_one_test_does_to_the_cast_is_gone_in_the_next(db: None, stage: Stage) -> None:
    first = stage.set_up()
    assert first.ani.person is not None
    first.ani.person.name = "Lain"
    first.ani.person.save()
    Person.objects.all().delete()
    assert "Lain" not in {p.person.name for p in _again(stage) if p.person}


def _again(stage: Stage) -> Cast:
    for model in (Grant, Affiliation, User, Organisation, Entry):
        model.objects.all().delete()
    return stage.set_up()
