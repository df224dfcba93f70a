"""A name, a number and a story are planted in a complaint, and looked for where they must not be."""

import logging
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core import mail
from django.db import connection
from django.test import Client
from django.urls import reverse

from simpul.audit.models import Act
from simpul.cases.models import Complaint
from simpul.notices.models import Notice
from tests.cast import Cast
from tests.factories.complaints import VILLAGE, works_in
from tests.web.cases.test_complaining import RECEIPT, SEND, STEP, digits_in, words_of

pytestmark = pytest.mark.django_db
PLANTED = ("Zulkarnaen", "081299988877", "Wahyuningsih", "cerita rahasia", "Qomariyah")


def tables() -> str:
    """Every text of every table, as the database holds it."""
    held: list[str] = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            held += [str(value) for row in cursor.fetchall() for value in row]
    return "\n".join(held)


def found_in(text: str) -> list[str]:
    return [word for word in PLANTED if word.casefold() in text.casefold()]


def files() -> str:
    read = [p.name.encode() + p.read_bytes() for p in Path(settings.DATA).rglob("*") if p.is_file()]
    return b"\n".join(read).decode("utf-8", "replace")


def test_nothing_planted_is_found_where_it_must_not_be(cast: Cast, caplog: pytest.LogCaptureFixture) -> None:
    works_in(cast.lentera, VILLAGE)
    caplog.set_level(logging.DEBUG, "simpul")
    phone, visited = Client(), []
    phone.post(reverse("complaint:start"))
    said = [
        {"reported_by": "self"},
        {"wish": "phone", "phone": "081299988877", "name": "Wahyuningsih", "via": "Qomariyah"},
        {"area": VILLAGE, "matter": "K", "about": "person", "named": "Zulkarnaen", "hidden_from": "Qomariyah"},
        {"narrative": "cerita rahasia saya"},
    ]
    for address, answers in zip(STEP, said, strict=True):
        visited.append(phone.post(address, answers)["Location"])
        assert found_in(tables()) == [], "a draft in clear"
    digits = digits_in(phone.post(SEND)).replace(" ", "")
    opened = words_of(phone.post(RECEIPT, {"receipt": digits}))
    complaint = Complaint.objects.get()
    cast.budi.client().get(reverse("inbox:complaint", args=[complaint.pk]))
    held = tables()
    assert found_in(held) == []
    assert digits not in held
    assert found_in(" ".join(visited)) == []
    assert found_in(opened) == []
    assert found_in(files()) == []
    assert found_in(caplog.text) == []
    assert digits not in caplog.text
    assert found_in(str([act.details for act in Act.objects.all()])) == []
    assert found_in(str(list(Notice.objects.values())) + str([m.body for m in mail.outbox])) == []
    assert all(found_in(str(session.get_decoded())) == [] for session in Session.objects.all())
    assert found_in(str(phone.cookies)) == []
    listed = words_of(cast.budi.client().get(reverse("inbox:list")))
    assert found_in(listed) == []
    assert found_in(words_of(cast.kartika.client().get(reverse("inbox:list")))) == []
