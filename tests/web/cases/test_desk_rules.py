"""Pages on which a desk is arranged, an end is agreed to, and a complaint is kept from somebody."""

from typing import Any

from django.urls import reverse
from django.utils import timezone

from simpul.cases.models import Case, ClosureRequest, ComplaintExclusion, DeskRules, MediationAllowance
from simpul.cases.services.progress import move_case
from simpul.kernel.ids import uuid7
from tests.cast import Cast
from tests.factories.cases import MAKER, make_case
from tests.factories.complaints import VILLAGE, complain, works_in


def decide(cast: Cast, **more: Any) -> Any:
    path = reverse("deskrules:desk", args=[cast.lentera.pk])
    said = {"approves_closure": "yes", "checkins": "chosen", "reason": "Musyawarah Februari", **more}
    return cast.budi.client().post(path, said)


def test_a_coordinator_decides_how_the_desk_works(cast: Cast) -> None:
    assert cast.budi.client().get("/kasus/aturan/")["Location"] == reverse("deskrules:desk", args=[cast.lentera.pk])
    refused = decide(cast, reason="")
    assert refused.status_code == 422
    assert decide(cast).status_code == 302
    assert DeskRules.objects.get().approves_closure
    page = cast.budi.client().get(reverse("deskrules:desk", args=[cast.lentera.pk])).content.decode()
    assert "Musyawarah Februari" in page


def test_an_end_is_asked_for_and_agreed_to_on_the_pages(cast: Cast) -> None:
    decide(cast)
    case = move_case(MAKER, make_case(cast.lentera, now=timezone.now()), act="assist", now=timezone.now())
    ani, budi = cast.ani.client(), cast.budi.client()
    form = ani.get(reverse("cases:close", args=[case.pk])).content.decode()
    assert "orang lain menyetujui dulu" in form
    told = {"key": str(uuid7()), "outcome": "met", "reason": "Selesai"}
    assert ani.post(reverse("cases:close", args=[case.pk]), told).status_code == 302
    row = ClosureRequest.objects.get()
    one = reverse("closing:one", args=[row.pk])
    assert one in ani.get(reverse("cases:case", args=[case.pk])).content.decode()
    assert one in budi.get("/kasus/penutupan/").content.decode()
    no = budi.post(one, {"agrees": "no", "words": ""})
    assert no.status_code == 422
    assert budi.post(one, {"agrees": "yes"}).status_code == 302
    assert Case.objects.get().stage == "closed"


def test_mediation_is_switched_on_with_a_reason_and_never_for_what_the_law_forbids(cast: Cast) -> None:
    browser, path = cast.budi.client(), reverse("deskrules:mediation", args=[cast.lentera.pk])
    page = browser.get(path).content.decode()
    assert "tidak pernah dimediasi" in page
    assert 'value="K.S"' not in page
    assert 'value="PA' not in page
    assert browser.post(path, {"ground": "K.S", "reason": "x"}).status_code == 422
    assert browser.post(path, {"ground": "domestic", "reason": ""}).status_code == 422
    assert browser.post(path, {"ground": "domestic", "reason": "Dua mediator"}).status_code == 302
    row = MediationAllowance.objects.get()
    assert browser.post(path, {"akhiri": str(uuid7())}).status_code == 404
    assert browser.post(path, {"akhiri": str(row.pk)}).status_code == 302
    row.refresh_from_db()
    assert row.ended_at is not None


def test_a_complaint_is_kept_from_a_companion_for_good(cast: Cast) -> None:
    works_in(cast.lentera, VILLAGE)
    complaint = complain()
    path, browser = reverse("inbox:hide", args=[complaint.pk]), cast.budi.client()
    page = browser.get(path).content.decode()
    assert str(cast.ani.person and cast.ani.person.pk) in page
    assert str(cast.budi.person and cast.budi.person.pk) not in page
    assert browser.post(path, {"person": str(cast.hasan.person and cast.hasan.person.pk)}).status_code == 422
    assert browser.post(path, {"person": str(cast.ani.person and cast.ani.person.pk)}).status_code == 302
    assert ComplaintExclusion.objects.get().person == cast.ani.person
    assert cast.ani.client().get(reverse("inbox:complaint", args=[complaint.pk])).status_code == 404
    assert "Tidak ada orang lain" in browser.get(path).content.decode()
