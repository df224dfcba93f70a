"""Pages on which a desk is arranged, an end is agreed to, and a complaint is kept from somebody."""

from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from simpul.cases.models import Case, ClosureRequest, ComplaintExclusion, DeskRules, MediationAllowance
from simpul.cases.services.progress import move_case
from simpul.deadlines.models import ClockRule
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


STANDARD: dict[str, Any] = {
    "limit": "6", "unit": "J", "basis": "SK 301/2022", "source": "Map di sekretariat", "valid_from": "2026-01-01",
    "at_end": ["coordinator"], "hours_1": "24", "told_1": ["supervisor"], "reason": "Musyawarah, Budi dan pengurus",
}  # fmt: skip


def deadline(cast: Cast, name: str, *more: str) -> str:
    return reverse(f"deskrules:{name}", args=[cast.lentera.pk, *more])


def test_r2_a_local_standard_is_taken_over_with_its_basis_and_is_never_law(cast: Cast) -> None:
    browser, path = cast.budi.client(), deadline(cast, "deadline", "D03.2")
    overview = browser.get(deadline(cast, "deadlines")).content.decode()
    assert path in overview.split("Yang bisa diambil")[1]
    for wrong in ({"basis": ""}, {"reason": ""}, {"at_end": []}, {"unit": "T"}, {"told_1": []}, {"limit": "-1"}):
        assert browser.post(path, {**STANDARD, "key": uuid7(), **wrong}).status_code == 422
    one = uuid7()
    for _ in range(2):
        assert browser.post(path, {**STANDARD, "key": one, "standing": "law"}).status_code == 302
    row = ClockRule.objects.get()
    assert (row.pk, row.standing, row.limit, row.unit, row.in_use, row.may_pause) == (one, "local", 6, "J", True, False)
    assert [(step.hours, step.roles) for step in row.chain] == [(0, ("coordinator",)), (24, ("supervisor",))]
    page = browser.get(deadline(cast, "deadlines")).content.decode()
    assert "Standar setempat" in page
    assert "Budi: Musyawarah, Budi dan pengurus" in page
    assert "24 jam setelah habis" in page
    assert "SK 301/2022" not in cast.publik.client().get("/tenggat/").content.decode()


def test_a_standard_is_changed_and_ended_and_the_law_is_neither(cast: Cast) -> None:
    browser, path = cast.budi.client(), deadline(cast, "deadline-end", "D03.2")
    assert browser.get(path).status_code == 404
    browser.post(deadline(cast, "deadline", "D03.2"), {**STANDARD, "key": uuid7()})
    form = browser.get(deadline(cast, "deadline", "D03.2")).content.decode()
    assert 'value="SK 301/2022"' in form
    ended = {"key": uuid7(), "valid_from": "2026-06-01", "reason": "Tidak dipakai"}
    assert browser.post(path, {**ended, "reason": ""}).status_code == 422
    assert browser.post(path, ended).status_code == 302
    assert not ClockRule.objects.latest("valid_from").in_use
    page = browser.get(deadline(cast, "deadlines")).content.decode()
    assert path not in page
    assert deadline(cast, "deadline", "D03.2") in page.split("Yang bisa diambil")[1]
    for code in ("D01", "D05", "X"):
        for name in ("deadline", "deadline-end"):
            assert browser.get(deadline(cast, name, code)).status_code == 404


def test_r2_whether_the_three_days_bind_the_group_is_written_down_with_who_decided_it(cast: Cast) -> None:
    browser, path = cast.budi.client(), deadline(cast, "binding")
    told = {"key": uuid7(), "binding": "no", "valid_from": "2026-01-01", "reason": "Nasihat Posbankum"}
    assert browser.post(path, {**told, "reason": ""}).status_code == 422
    assert browser.post(path, told).status_code == 302
    row = ClockRule.objects.get()
    assert (row.code, row.binding, row.standing, row.limit, row.in_use) == ("D01", "no", "law", 72, True)
    page = browser.get(deadline(cast, "deadlines")).content.decode()
    assert "Budi: Nasihat Posbankum" in page
    case = make_case(cast.lentera, types=["K.S"], now=timezone.now())
    assert "Tidak mengikat, tetapi kami patuhi" in browser.get(reverse("cases:case", args=[case.pk])).content.decode()


@pytest.mark.parametrize("standards", [1, 3])
def test_the_deadlines_of_a_group_cost_the_same(cast: Cast, django_assert_max_num_queries: Any, standards: int) -> None:
    browser = cast.budi.client()
    for code in ("D03.1", "D03.2", "D04")[:standards]:
        assert browser.post(deadline(cast, "deadline", code), {**STANDARD, "key": uuid7()}).status_code == 302
    with django_assert_max_num_queries(12):
        page = browser.get(deadline(cast, "deadlines")).content.decode()
    assert page.count("SK 301/2022") >= standards
