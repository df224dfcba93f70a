"""What is worked out once says what Django says anew each time."""

from collections.abc import Mapping
from typing import Any

import pytest
from django.db.models import Count, Exists, OuterRef, Subquery
from django.db.models.functions import Coalesce

from simpul.people.models import ContactPoint, Person
from simpul.records.constants import constant
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db
built: list[str] = []


def beside() -> dict[str, Any]:
    built.append("built")
    points = ContactPoint.objects.filter(person=OuterRef("pk"))
    return {
        "first": Subquery(points.order_by("pk").values("pk")[:1]),
        "reached": Exists(points.filter(kind="phone")),
        "many": Coalesce(Subquery(points.order_by().values("person").annotate(n=Count("pk")).values("n")), 0),
    }


def told(annotations: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    rows = Person.objects.filter(name__startswith="Inaq").select_related("user").annotate(**annotations)
    return [(row.name, row.first, row.reached, row.many) for row in rows.order_by("name")]


def test_it_gives_the_same_values_of_the_same_types() -> None:
    person = make_person(name="Inaq Ada")
    make_person(name="Inaq Tiada")
    points = [ContactPoint.objects.create(person=person, kind=kind, value=f"+62812345678{n}") for n, kind in KINDS]
    built.clear()
    once = constant(Person)(beside)
    first = min(point.pk for point in points)
    assert told(beside()) == told(once()) == [("Inaq Ada", first, True, 2), ("Inaq Tiada", None, False, 0)]
    assert told(once()) == told(once())
    assert len(built) == 2


KINDS = [(0, "phone"), (1, "whatsapp")]
