"""After an event, from a phone: feedback behind a code, the certificate behind a receipt, a code's verdict."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from simpul.activities.models import ActionPoint, Certificate, Event, FeedbackForm, TestScore
from simpul.activities.passes import new_receipt
from simpul.activities.queries.feedback import slips_of
from simpul.activities.services.attendance import check_in
from simpul.activities.services.certificates import issue_certificates, set_certificate_rule
from simpul.activities.services.feedback import open_feedback
from simpul.activities.services.life import hold_event
from tests.cast import Cast
from tests.factories.activities import SYSTEM, came, enrol, make_event, session_of, somebody

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def yesterdays(cast: Cast, receipt: str, people: int = 5) -> Event:
    """An event of yesterday: one registered with this receipt, the others came unannounced."""
    now = timezone.now()
    event = make_event(cast.forum, starts_at=now - DAY, now=now - 3 * DAY)
    row = enrol(event, somebody("Sitti Ramlah"), receipt=receipt, now=now - 2 * DAY)
    check_in(SYSTEM, session_of(event), participant=row.participant, now=now)
    came(event, *(somebody() for _n in range(people)))
    return hold_event(SYSTEM, event, now=now)


def test_who_registered_answers_from_their_number_once(client: Client, cast: Cast) -> None:
    receipt = new_receipt()
    event = yesterdays(cast, receipt)
    open_feedback(SYSTEM, event, questions=["useful", "best"], now=timezone.now())
    page = client.post("/pendaftaran/", {"receipt": receipt})
    code = page.context["feedback_code"]
    assert f'name="code" value="{code}"' in page.content.decode()
    questions = client.post("/tanggapan/", {"code": code})
    assert "Seberapa berguna bagi Anda?" in questions.content.decode()
    answer = {"code": code, "langkah": "kirim", "useful": "5", "best": "Latihannya"}
    first, second = client.post("/tanggapan/", answer), client.post("/tanggapan/", answer)
    assert (first.status_code, second.status_code) == (200, 410)
    assert "Kode ini sudah dipakai" in second.content.decode()
    assert FeedbackForm.objects.get().answered == 1


def test_an_answer_with_nothing_said_is_asked_again_and_keeps_the_code(client: Client, cast: Cast) -> None:
    event = yesterdays(cast, new_receipt())
    form = open_feedback(SYSTEM, event, questions=["useful", "best"], now=timezone.now())
    form.event = event
    code = slips_of(SYSTEM, form)[0]
    assert client.get(f"/tanggapan/buka/{code}/").status_code == 200
    refused = client.post("/tanggapan/", {"code": code, "langkah": "kirim"})
    assert refused.status_code == 422
    assert code in refused.content.decode()


def test_no_page_of_feedback_is_kept_or_told_on(client: Client, cast: Cast) -> None:
    for answer in (client.get("/tanggapan/"), client.get("/tanggapan/buka/ABCD/")):
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Referrer-Policy"] == "strict-origin"


def test_the_certificate_is_downloaded_with_the_number_and_its_code_names_nobody(client: Client, cast: Cast) -> None:
    receipt = new_receipt()
    event = yesterdays(cast, receipt)
    now = timezone.now()
    set_certificate_rule(SYSTEM, event, measure="sessions", least=1, signer="Ibu Ketua", now=now)
    issue_certificates(SYSTEM, event, now=now)
    paper = client.post("/pendaftaran/", {"receipt": receipt, "langkah": "sertifikat"})
    assert paper.content.startswith(b"%PDF")
    code = Certificate.objects.get(participant__registration__isnull=False).code
    page = client.get(f"/sertifikat/{code}/").content.decode()
    assert "Sertifikat ini berlaku" in page
    assert "Sitti" not in page


def test_pasted_points_are_put_in_and_what_is_not_matched_stays(cast: Cast) -> None:
    event = yesterdays(cast, new_receipt())
    client = cast.eko.client()
    lines = "Nama\tAwal\tAkhir\nSITTI RAMLAH\t40\t72,5\nOrang Lain\t1\t2"
    page = client.post(f"/kelola/kegiatan/{event.pk}/nilai/tempel/", {"lines": lines})
    assert page.status_code == 422
    assert "Orang Lain" in page.content.decode()
    assert sorted(float(row.points) for row in TestScore.objects.all()) == [40.0, 72.5]


def test_an_action_point_is_written_down_and_finished_by_its_owner(cast: Cast) -> None:
    event = yesterdays(cast, new_receipt())
    client = cast.eko.client()
    form = client.get(f"/kelola/kegiatan/{event.pk}/tindak-lanjut/baru/").context["form"]
    due = (timezone.now() + 9 * DAY).date().isoformat()
    sent = {"key": form.initial["key"], "words": "Kirim surat", "owner": "saya", "owner_name": "", "due_on": due}
    for _twice in range(2):
        client.post(f"/kelola/kegiatan/{event.pk}/tindak-lanjut/baru/", sent)
    point = ActionPoint.objects.get()
    assert "Kirim surat" in client.get("/tindak-lanjut/").content.decode()
    client.post(f"/tindak-lanjut/{point.pk}/selesai/", {"outcome": "Terkirim"})
    assert ActionPoint.objects.get().done_at is not None


@pytest.mark.parametrize("rows", [1, 3])
def test_lists_ask_as_often_however_many_rows(cast: Cast, rows: int, django_assert_max_num_queries: object) -> None:
    event = yesterdays(cast, new_receipt(), people=rows)
    client = cast.eko.client()
    client.get("/")  # the first page of a day notes that the account is in use
    most = {"sertifikat": 12, "nilai": 12, "tindak-lanjut": 12, "tanggapan": 12, "notulensi": 12}
    for page, number in most.items():
        with django_assert_max_num_queries(number, info=page):  # type: ignore[operator]
            assert client.get(f"/kelola/kegiatan/{event.pk}/{page}/").status_code == 200
