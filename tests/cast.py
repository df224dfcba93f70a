"""The cast: the same people in tests, demo and docs. Their names mean their rights.

    Ani      companion of the village group "Lentera"         Gede     editor of the provincial network
    Budi     coordinator of "Lentera"                         Hasan    companion of another group: the outsider
    Citra    officer of the UPTD PPA                          Indah    official of the regency planning agency
    Dewi     secretariat of the provincial network            Joko     operator
    Eko      facilitator of the regency forum                 Kartika  supervisor from the support organisation
    Fitri    monitoring officer of the provincial network     publik   nobody: the public

`cast.ani.actor`, `.person`, `.user`, and `.client()`: a browser signed in with its second factor shown. The
organisations are `cast.lentera`, `.other_group`, `.uptd`, `.network`, `.forum`, `.agency`, `.support`; Lentera is a
member of the forum, the forum of the network, and the support organisation accompanies Lentera.
"""

import copy
import pickle
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.apps import apps
from django.db import connection, models, transaction
from django.test import Client

from simpul.access import services as access
from simpul.access.queries import actor_for
from simpul.accounts import services as accounts
from simpul.accounts.models import User
from simpul.kernel.actor import Actor, Anonymous, System
from simpul.organisations.kinds import OrganisationKind
from simpul.organisations.models import Organisation
from simpul.organisations.services.accompaniments import accompany_group
from simpul.organisations.services.memberships import admit_member
from simpul.people import services as people
from simpul.people.models import Person
from simpul.web.http import SECOND_FACTOR
from tests.factories.organisations import make_organisation

NOW = datetime(2025, 2, 7, 2, 0, tzinfo=UTC)
BUILDER = System("tests")

# key -> name, role, organisation, what they are there
MEMBERS = {
    "ani": ("Ani", "companion", "lentera", "volunteer"),
    "budi": ("Budi", "coordinator", "lentera", "chair"),
    "citra": ("Citra", "service_officer", "uptd", "official"),
    "dewi": ("Dewi", "secretariat", "network", "staff"),
    "eko": ("Eko", "facilitator", "forum", "staff"),
    "fitri": ("Fitri", "monitoring_officer", "network", "staff"),
    "gede": ("Gede", "editor", "network", "staff"),
    "hasan": ("Hasan", "companion", "other_group", "volunteer"),
    "indah": ("Indah", "official", "agency", "official"),
    "joko": ("Joko", "operator", "support", "staff"),
    "kartika": ("Kartika", "supervisor", "support", "staff"),
}
NAMES = (*MEMBERS, "publik")


@dataclass(slots=True)
class Played:
    """One of the cast. `publik` has neither user nor person."""

    key: str
    actor: Actor
    user: User | None = None
    person: Person | None = None

    def client(self) -> Client:
        """A browser of theirs, signed in where they can be."""
        browser = Client()
        if self.user is not None:
            browser.force_login(self.user)
            session = browser.session
            session[SECOND_FACTOR] = True
            session.save()
        return browser


@dataclass(slots=True)
class Cast:
    """Everybody, and the organisations they are in."""

    lentera: Organisation
    other_group: Organisation
    uptd: Organisation
    network: Organisation
    forum: Organisation
    agency: Organisation
    support: Organisation
    now: datetime = NOW
    played: dict[str, Played] = field(default_factory=dict)

    def __getattr__(self, key: str) -> Played:
        if key in NAMES:
            return self.played[key]
        raise AttributeError(key)

    def __iter__(self) -> Iterator[Played]:
        return iter(self.played.values())


def build_cast() -> Cast:
    """The world of the cast, through the services a person would use."""
    kind = OrganisationKind
    cast = Cast(
        lentera=make_organisation(name="Kelompok Konstituen Lentera", acronym="KK Lentera", kind=kind.VILLAGE_GROUP),
        other_group=make_organisation(name="Kelompok Konstituen Aik Bening", kind=kind.VILLAGE_GROUP),
        uptd=make_organisation(name="UPTD PPA Contoh", kind=kind.REGIONAL_AGENCY),
        network=make_organisation(name="Jaringan Provinsi Contoh", kind=kind.NETWORK),
        forum=make_organisation(name="Forum Simpul Contoh", kind=kind.LEARNING_FORUM),
        agency=make_organisation(name="Bappeda Contoh", kind=kind.REGIONAL_AGENCY),
        support=make_organisation(name="Pusat Riset Contoh", kind=kind.FOUNDATION),
    )
    admit_member(BUILDER, cast.network, member=cast.forum, now=NOW)
    admit_member(BUILDER, cast.forum, member=cast.lentera, now=NOW)
    accompany_group(BUILDER, cast.lentera, supporter=cast.support, now=NOW)
    cast.played = {key: _play(cast, key) for key in MEMBERS}
    cast.played["publik"] = Played("publik", Anonymous())
    return cast


def _play(cast: Cast, key: str) -> Played:
    name, role, place, title = MEMBERS[key]
    home: Organisation = getattr(cast, place)
    user = accounts.create_user(BUILDER, now=NOW)
    person = people.register_person(BUILDER, organisation=home, role=title, name=name, now=NOW)
    people.link_user(BUILDER, person, user, now=NOW)
    at = None if role == "operator" else home
    access.grant_role(BUILDER, person, role=role, organisation=at, reason="pemeran", now=NOW)
    return Played(key, actor_for(user.pk, now=NOW, second_factor=True), user, person)


class Stage:
    """The world of the cast, built once through the services and put back, row by row, for every test that asks.

    `build` may go on from the cast to more. Acts of the audit are left out: a test sees those that it caused. What puts
    the rows back is worked out at the first time, and said to the database again at every other.
    """

    def __init__(self, build: Callable[[], Cast] = build_cast) -> None:
        with transaction.atomic():
            cast = build()
            self._rows = [rows for model in _ours() if (rows := list(model._default_manager.all()))]
            transaction.set_rollback(True)
        self._cast = pickle.dumps(cast)
        self._said: list[tuple[str, Any]] = []

    def set_up(self) -> Cast:
        with transaction.atomic():
            if self._said:
                with connection.cursor() as cursor:
                    for sql, values in self._said:
                        cursor.execute(sql, values)
            else:
                with connection.execute_wrapper(self._listen):
                    for rows in self._rows:
                        type(rows[0])._default_manager.bulk_create(map(_again, rows))
        cast = pickle.loads(self._cast)
        assert isinstance(cast, Cast)
        return cast

    def _listen(self, execute: Callable[..., Any], sql: str, values: Any, many: bool, context: Any) -> Any:
        self._said.append((sql, values))
        return execute(sql, values, many, context)


def _again(row: models.Model) -> models.Model:
    """A number that the database gave is given anew: what the test made before may have it. Nothing refers to one."""
    made = copy.copy(row)
    if isinstance(made._meta.pk, models.AutoField) and not made._meta.related_objects:
        made.pk = None
    return made


def _ours() -> list[type[models.Model]]:
    """Our models but the audit's, each app after those that it builds on, as in INSTALLED_APPS."""
    ours = [c for c in apps.get_app_configs() if c.name.startswith("simpul.") and c.label != "audit"]
    return [model for config in ours for model in config.get_models()]
