"""Pages of consultations: the question, the voices, the answer, and that it is missing."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.test import Client

from simpul.activities.kinds import EventKind
from simpul.activities.models import Consultation, ConsultationAnswer
from tests.cast import Cast
from tests.factories.activities import make_held
from tests.factories.consultations import answer, hear, make_consultation
from tests.web.editing.forms import form_of
from tests.web.learning.test_forums import english

pytestmark = pytest.mark.django_db
Counted = Callable[[int], AbstractContextManager[Any]]


def test_a_missing_answer_is_said_first_and_a_given_one_stands_first() -> None:
    row = make_consultation()  # of June 2025: overdue on any day since
    hear(row, "disability", "Jalan yang rata")
    path = f"/konsultasi/{row.pk}/"
    page = english(path)
    assert "The answer is overdue" in page
    assert "Pemerintah Desa Contoh has given nothing back yet" in page
    answer(row)
    page = english(path)
    assert "overdue" not in page
    assert page.index("Sumur bor masuk RKPDes.") < page.index("Jalan yang rata")


def test_the_list_puts_overdue_ones_first() -> None:
    answered, overdue = make_consultation(), make_consultation()
    answer(answered)
    page = english("/konsultasi/")
    assert page.index(f"/konsultasi/{overdue.pk}/") < page.index(f"/konsultasi/{answered.pk}/")
    assert "The answer is overdue" in page


def test_eko_asks_hears_and_answers(cast: Cast) -> None:
    client = cast.eko.client()
    sent = form_of(client, "/konsultasi/tanya/") | {
        "question": "Apa yang didahulukan?",
        "asked": "Pemerintah desa",
        "opens_on": "2025-06-01",
        "closes_on": "2025-06-15",
        "answer_due_on": "2025-07-15",
    }
    for _ in range(2):
        gone = client.post("/konsultasi/tanya/", sent)
        assert gone.status_code == 302
    row = Consultation.objects.get()
    path = f"/konsultasi/{row.pk}/"
    assert gone.headers["Location"] == path
    assert Client().get(path).status_code == 404
    assert client.post(f"{path}terbitkan/").status_code == 302
    met = make_held(cast.forum, kind=EventKind.VILLAGE_DISCUSSION)
    assert client.post(f"{path}pertemuan/", {"event": str(met.pk)}).status_code == 302
    voice = form_of(client, f"{path}suara/") | {"group": "women", "words": "Air bersih", "event": str(met.pk)}
    assert client.post(f"{path}suara/", voice).status_code == 302
    given = form_of(client, f"{path}jawaban/") | {"reply": "partly", "words": "Sebagian masuk RKPDes."}
    assert client.post(f"{path}jawaban/", given).status_code == 302
    assert ConsultationAnswer.objects.get().answered_by == "Pemerintah desa"
    page = english(path)
    for words in ("Sebagian masuk RKPDes.", "Air bersih", "Taken up in part"):
        assert words in page
    assert "Air bersih" in english(f"/kegiatan/{met.pk}/hasil/")


def test_a_change_that_met_another_is_refused_and_keeps_what_was_typed(cast: Cast) -> None:
    row, client = make_consultation(cast.forum), cast.eko.client()
    path = f"/konsultasi/{row.pk}/ubah/"
    sent = form_of(client, path) | {"asked": "Dinas Kesehatan"}
    assert client.post(path, sent).status_code == 302
    refused = client.post(path, sent | {"asked": "Bappeda Contoh"})
    assert refused.status_code == 422
    assert "Bappeda Contoh" in refused.content.decode()
    row.refresh_from_db()
    assert row.asked == "Dinas Kesehatan"


@pytest.mark.parametrize("many", [1, 3])
def test_both_pages_cost_the_same_however_much_is_told(many: int, django_assert_max_num_queries: Counted) -> None:
    rows = [make_consultation() for _ in range(many)]
    for row in rows:
        for _ in range(many):
            hear(row)
            answer(row)
    with django_assert_max_num_queries(7):
        assert Client().get("/konsultasi/").status_code == 200
    with django_assert_max_num_queries(9):
        assert Client().get(f"/konsultasi/{rows[0].pk}/").status_code == 200
