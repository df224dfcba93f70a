"""The desk's pages: the list, the first screen, a case, and what no page may show unasked."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from simpul.access.services import grant_role
from simpul.cases.dues import POLICE, STOPPING
from simpul.cases.models import Assignment, Case, Consent, FieldClash, Opening, Service
from simpul.cases.services.consents import give_consent
from simpul.cases.services.helping import add_need, provide_service
from simpul.cases.services.keeping import restrict_case
from simpul.cases.services.parties import add_party, correct_party
from simpul.cases.services.planning import make_appointment, need_document, plan_step
from simpul.cases.services.progress import move_case, triage_case
from simpul.cases.services.sight import escalate_case, exclude_person, lift_exclusion
from simpul.deadlines.models import Clock
from simpul.deadlines.queries import running_clock
from simpul.kernel.ids import uuid7
from tests.cast import Cast
from tests.factories.cases import MAKER, NOW, make_case, victim_of, village
from tests.factories.referrals import make_referral
from tests.factories.territory import PENEDA_GANDOR, areas

NAME, NIK = "Inaq Contohwati", "9903994107640001"


def at(name: str, case: Case) -> str:
    return reverse(f"cases:{name}", args=[case.pk])


def text(browser: Client, path: str) -> str:
    return browser.get(path).content.decode()


def one_case(cast: Cast, **more: Any) -> Case:
    victim = {"name": NAME, "age_stated": 61, "sex": "P", "nik": NIK}
    return make_case(cast.lentera, **{"now": timezone.now(), "victim": victim, **more})


def first_screen(cast: Cast, **more: Any) -> dict[str, Any]:
    area = village()
    return {
        "key": str(uuid7()), "group": str(cast.lentera.pk), "area": area.code, "area-teks": area.title,
        "branch": "social", "types": ["AD.1"], "name": NAME, "sex": "P", "age_stated": "61",
        "narrative": "Kartunya hilang", "channel": "in_person", "relation": "self", **more,
    }  # fmt: skip


def test_the_first_screen_opens_a_case_once(cast: Cast) -> None:
    browser, told = cast.ani.client(), first_screen(cast)
    for _ in range(2):
        answer = browser.post("/kasus/baru/", told)
        assert answer.status_code == 302, answer.content.decode()
    case = Case.objects.get()
    assert answer["Location"] == at("case", case)
    assert case.opened_by == cast.ani.person


def test_what_was_typed_stays_when_something_is_missing(cast: Cast) -> None:
    answer = cast.ani.client().post("/kasus/baru/", first_screen(cast, types=[], relation=""))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert NAME in page
    assert "Kartunya hilang" in page
    assert not Case.objects.exists()


def test_somebody_known_already_is_shown_once_the_case_is_safe(cast: Cast) -> None:
    before = one_case(cast)
    browser = cast.ani.client()
    answer = browser.post("/kasus/baru/", first_screen(cast, name="Inaq Tjontohwati", age_stated="60"))
    assert answer["Location"] == at("alike", Case.objects.latest("recorded_at"))
    assert before.code in text(browser, answer["Location"])


def test_no_page_shows_a_name_or_number_unasked(cast: Cast) -> None:
    case, browser = one_case(cast), cast.ani.client()
    for path in ("/kasus/", at("case", case), at("people", case), at("alike", case), at("seen", case)):
        page = text(browser, path)
        assert NAME not in page
        assert NIK not in page
        assert "AD.1" not in path


def test_a_press_shows_names_and_is_logged(cast: Cast) -> None:
    case, browser = one_case(cast), cast.ani.client()
    page = browser.post(at("people", case)).content.decode()
    assert NAME in page
    assert NIK not in page
    assert "990399••••••0001" in page
    logged = Opening.objects.get()
    assert (logged.person, logged.page) == (cast.ani.person, "cases:names")


def test_every_look_is_logged_and_the_coordinator_reads_the_log(cast: Cast) -> None:
    case = one_case(cast)
    cast.ani.client().get(at("case", case))
    page = text(cast.budi.client(), at("seen", case))
    assert "Ani" in page
    assert Opening.objects.filter(case=case).count() == 2
    cast.hasan.client().get(at("case", case))
    assert Opening.objects.filter(case=case).count() == 2


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_for_one_and_three(cast: Cast, django_assert_num_queries: Any, number: int) -> None:
    for _ in range(number):
        one_case(cast)
    browser = cast.ani.client()
    browser.get("/kasus/")
    with django_assert_num_queries(8):
        page = text(browser, "/kasus/")
    assert page.count('<li class="card">') == number


@pytest.mark.parametrize("number", [1, 3, 30])
def test_a_case_costs_the_same_with_thirty_services(
    cast: Cast, django_assert_max_num_queries: Any, number: int
) -> None:
    case = one_case(cast)
    for _ in range(number):
        provide_service(
            MAKER, victim_of(case), kind="SV.24", provided_on=case.received_on, result="done", now=timezone.now()
        )
    for _ in range(number % 10):
        add_need(MAKER, victim_of(case), kind="SV.17", time_frame="week", now=timezone.now())
        add_party(MAKER, case, role="companion", details={}, now=timezone.now())
    browser = cast.ani.client()
    browser.get(at("case", case))
    with django_assert_max_num_queries(12):
        page = text(browser, at("case", case))
    assert page.count('class="done-step"') == number + 1


def test_the_list_keeps_its_shelves(cast: Cast) -> None:
    now = timezone.now()
    late = one_case(cast, now=now - timedelta(days=20))
    add_need(MAKER, victim_of(late), kind="SV.17", time_frame="week", now=now - timedelta(days=20))
    soon = one_case(cast)
    add_need(MAKER, victim_of(soon), kind="SV.17", time_frame="days", now=now)
    ended = one_case(cast)
    move_case(MAKER, ended, act="withdraw", now=now)
    browser = cast.ani.client()
    for shelf, case in (("terlambat", late), ("segera", soon), ("selesai", ended)):
        page = text(browser, f"/kasus/?rak={shelf}")
        assert [case.code in page for case in (late, soon, ended)] == [one is case for one in (late, soon, ended)]
    page = text(browser, "/kasus/?rak=semua")
    assert ended.code not in page
    assert late.code not in text(browser, "/kasus/?milik=saya")


def test_the_list_goes_on_where_the_page_ended(cast: Cast) -> None:
    codes = [one_case(cast).code for _ in range(33)]
    browser = cast.ani.client()
    first = browser.get("/kasus/")
    shown = [row.code for row in first.context["rows"]]
    after = browser.get(f"/kasus/{first.context['older']}")
    shown += [row.code for row in after.context["rows"]]
    assert shown == codes[::-1]
    assert not after.context["older"]
    assert browser.get("/kasus/?setelah=xx_yy").status_code == 200


def test_a_hidden_case_is_in_no_list_and_no_count(cast: Cast) -> None:
    case = one_case(cast)
    add_need(MAKER, victim_of(case), kind="SV.17", time_frame="days", now=timezone.now())
    exclude_person(cast.ani.actor, case, cast.budi.person, now=timezone.now())
    page = text(cast.budi.client(), "/kasus/?rak=segera")
    assert case.code not in page
    assert "(1)" not in page
    assert "(1)" in text(cast.ani.client(), "/kasus/?rak=segera")


def test_a_village_day_through_the_pages(cast: Cast) -> None:
    """Sort, who they are, consent, need, service, next step, close; then the coordinator opens it again."""
    case, ani = one_case(cast), cast.ani.client()
    party = reverse("cases:party", args=[victim_of(case).pk])
    day = timezone.localdate()
    sent: list[tuple[str, dict[str, Any]]] = [
        (at("triage", case), {"seen": case.version, "risk": "RK.S", "authority": "village"}),
        (party, {"seen": 1, "name": "Inaq Lain", "sex": "P", "safe_to_call": "no", "safe_via": "Tetangga"}),
        (
            reverse("cases:consent", args=[victim_of(case).pk]),
            {
                "key": uuid7(), "capacity": "self", "purposes": ["record"], "language": "sas", "manner": "spoken",
                "witness": "Saksi", "expires_on": day + timedelta(days=365),
            },
        ),
        (reverse("cases:tags", args=[victim_of(case).pk]), {"tags": ["elderly", "no_nik"]}),
        (at("need", case), {"key": uuid7(), "kind": "SV.17", "time_frame": "week"}),
        (at("plan", case), {"key": uuid7(), "what": "Foto dan surat pengantar", "who": "Ani"}),
        (at("appointment", case), {"key": uuid7(), "day": day + timedelta(days=2), "time": "09:00", "to_bring": "KK"}),
        (at("cost", case), {"key": uuid7(), "kind": "transport", "amount": "50000", "paid_by": "village", "on": day}),
        (at("service", case), {"key": uuid7(), "kind": "SV.17", "provided_on": day, "result": "done"}),
        (at("story", case), {"seen": 99, "narrative": "Cerita baru", "settings": []}),
        (at("move", case), {"key": uuid7(), "act": "assist"}),
        (at("hide", case), {"key": uuid7(), "person": cast.budi.person.pk, "reason": "Saudara"}),  # type: ignore[union-attr]
        (at("close", case), {"key": uuid7(), "outcome": "document_issued"}),
    ]  # fmt: skip
    for path, data in sent:
        answer = ani.post(path, data)
        assert answer.status_code == 302, (path, answer.content.decode())
    case.refresh_from_db()
    assert (case.stage, case.outcome) == ("closed", "document_issued")
    assert Consent.objects.count() == Service.objects.count() == 1
    assert cast.budi.client().get(at("case", case)).status_code == 404
    assert ani.post(at("seen", case), {"perlihatkan": case.exclusions.get().pk}).status_code == 403
    lift_exclusion(MAKER, case.exclusions.get(), now=timezone.now())
    assert cast.budi.client().post(at("reopen", case), {"key": uuid7(), "reason": "Belum"}).status_code == 302
    assert ani.get(at("case", case)).status_code == 200


def test_it_is_hidden_from_a_supervisor_too_and_shown_again_by_the_coordinator(cast: Cast) -> None:
    case, supervisor = one_case(cast), cast.kartika.person
    ani, budi, hide = cast.ani.client(), cast.budi.client(), at("hide", case)
    assert supervisor
    assert f'value="{supervisor.pk}"' in text(ani, hide)
    assert f'value="{cast.ani.person.pk}"' not in text(ani, hide)  # type: ignore[union-attr]
    assert ani.post(hide, {"key": uuid7(), "person": supervisor.pk, "reason": "Saudara"}).status_code == 302
    assert f'value="{supervisor.pk}"' not in text(ani, hide)
    assert 'name="perlihatkan"' not in text(ani, at("seen", case))
    assert 'name="perlihatkan"' in text(budi, at("seen", case))
    assert budi.post(at("seen", case), {"perlihatkan": case.exclusions.get().pk}).status_code == 302
    assert case.exclusions.get().lifted_by == cast.budi.person


def test_a_clash_is_decided_by_the_coordinator(cast: Cast) -> None:
    case = one_case(cast)
    victim = victim_of(case)
    correct_party(MAKER, victim, {"name": "Pertama"}, seen=1, now=timezone.now())
    assert cast.ani.client().post(
        reverse("cases:party", args=[victim.pk]), {"seen": 1, "name": "Kedua", "sex": "P"}
    ).status_code == 302  # fmt: skip
    browser, clash = cast.budi.client(), FieldClash.objects.get(field="name")
    page = text(browser, at("clashes", case))
    assert "Pertama" in page
    assert "Kedua" in page
    assert browser.post(at("clashes", case), {"isian": clash.pk, "pakai": "1"}).status_code == 302
    victim.refresh_from_db()
    assert victim.name
    assert victim.name.open() == "Kedua"


def test_a_police_decision_stops_the_clock_on_the_page(cast: Cast) -> None:
    case, budi = one_case(cast, types=["PA.2"], victim={"age_stated": 14}), cast.budi.client()
    page = text(budi, at("case", case))
    assert "UPTD PPA" in page
    assert at("police", case) in page
    assert (
        budi.post(at("police", case), {"key": uuid7(), "will_report": "no", "reason": "Belum siap"}).status_code == 302
    )
    page = text(budi, at("case", case))
    assert "Tidak dilaporkan sekarang" in page
    assert "Ia berubah pikiran" in page
    clock = Clock.objects.get(about_id=case.pk, code=POLICE)
    before = (clock.stopped_at, clock.decision, clock.due_at)
    second = text(budi, at("police", case))
    assert "Belum siap" in second
    seen = re.findall(r'name="seen" value="([^"]*)"', second)[0]
    told = {"key": uuid7(), "seen": seen, "will_report": "yes", "reason": "Ia sekarang mau"}
    for _ in range(2):
        assert budi.post(at("police", case), told).status_code == 302
    clock.refresh_from_db()
    assert (clock.stopped_at, clock.decision, clock.due_at) == before
    assert Clock.objects.filter(about_id=case.pk, code=POLICE).count() == 1
    assert [row.will_report for row in case.police_decisions.order_by("at")] == [False, True]
    late = budi.post(at("police", case), {**told, "key": uuid7(), "will_report": "no"})
    assert late.status_code == 422
    assert "Sementara itu ada yang mencatat keputusan" in late.content.decode()


def test_the_first_minute_can_be_done_on_paper(cast: Cast) -> None:
    page = text(cast.ani.client(), "/kasus/kertas/")
    assert page.index("KTP-el") < page.index("☐ WhatsApp")


def test_both_languages_and_no_plain_code_in_titles(cast: Cast) -> None:
    case, browser = one_case(cast), cast.ani.client()
    triage_case(MAKER, case, risk="RK.T", authority="village", now=timezone.now())
    indonesian = text(browser, at("case", case))
    browser.cookies["bahasa"] = "en"
    english = text(browser, at("case", case))
    assert "Yang harus terjadi berikutnya" in indonesian
    assert "What has to happen next" in english
    for page in (indonesian, english):
        title = page.split("<title>")[1].split("</title>")[0]
        assert case.code not in title


@pytest.mark.parametrize("number", [1, 3])
def test_plan_and_papers_cost_the_same_and_are_settled_by_a_press(
    cast: Cast, django_assert_max_num_queries: Any, number: int
) -> None:
    case, now, browser = one_case(cast), timezone.now(), cast.ani.client()
    victim = victim_of(case)
    for kind in ("family_card", "photo", "chronology")[:number]:
        need_document(MAKER, victim, kind=kind, now=now)
        plan_step(MAKER, case, what=f"Langkah {kind}", now=now)
        make_appointment(MAKER, victim, at=now + timedelta(days=1), now=now)
    move_case(MAKER, case, act="assist", now=now)
    move_case(MAKER, case, act="monitor", now=now)
    browser.get(at("help", case))
    with django_assert_max_num_queries(12):
        page = text(browser, at("help", case))
    assert page.count("Langkah ") >= number
    pressed = {
        "rencana": (case.plan.first(), "ya"),
        "janji": (case.appointments.first(), "tidak"),
        "dokumen": (case.documents_needed.first(), "ya"),
        "kunjungan": (case.visits.first(), "better"),
    }
    for name, (row, answer) in pressed.items():
        assert browser.post(at("help", case), {name: row.pk, "hasil": answer}).status_code == 302
        row.refresh_from_db()
    assert pressed["rencana"][0].done_at
    assert pressed["janji"][0].kept is False
    assert pressed["dokumen"][0].had_at
    assert pressed["kunjungan"][0].wellbeing == "better"
    other = one_case(cast)
    assert browser.post(at("help", other), {"rencana": case.plan.first().pk, "hasil": "ya"}).status_code == 404


def test_where_several_are_assisted_one_says_for_whom(cast: Cast) -> None:
    case, browser = one_case(cast), cast.ani.client()
    need = {"kind": "SV.17", "time_frame": "week"}
    assert "Untuk siapa?" not in text(browser, at("need", case))
    child = add_party(
        MAKER, case, role="victim", types=["AD.1"], details={"name": "Anak Contoh", "age_stated": 9}, now=timezone.now()
    )
    page = text(browser, at("need", case))
    assert "A. C. · 9 th" in page
    assert "Anak Contoh" not in page
    assert browser.post(at("need", case), {"key": uuid7(), **need}).status_code == 422
    assert browser.post(at("need", case), {"key": uuid7(), "party": child.pk, **need}).status_code == 302
    asked = child.needs.get()
    given = {"key": uuid7(), "kind": "SV.17", "need": asked.pk, "provided_on": timezone.localdate(), "result": "done"}
    other = case.parties.filter(role="victim").exclude(pk=child.pk).get()
    assert browser.post(at("service", case), {**given, "party": other.pk}).status_code == 422
    assert browser.post(at("service", case), {**given, "party": child.pk}).status_code == 302
    asked.refresh_from_db()
    assert asked.implemented_at
    day = timezone.localdate() + timedelta(days=2)
    meeting = {"key": uuid7(), "party": child.pk, "day": day, "time": "09:00"}
    assert browser.post(at("appointment", case), meeting).status_code == 302
    assert child.appointments.exists()
    assert (
        browser.post(at("document", case), {"key": uuid7(), "party": child.pk, "kind": "identity_card"}).status_code
        == 302
    )
    assert case.documents_needed.get().party == child


def test_a_consent_is_withdrawn_from_the_page_of_people(cast: Cast) -> None:
    case, browser, now = one_case(cast), cast.ani.client(), timezone.now()
    given = give_consent(
        MAKER, victim_of(case), capacity="self", purposes=["record"], language="id", manner="spoken", witness="x",
        expires_on=timezone.localdate() + timedelta(days=30), now=now,
    )  # fmt: skip
    to = reverse("cases:consent-withdraw", args=[given.pk])
    assert to in text(browser, at("people", case))
    assert browser.post(to, {"capacity": "self"}).status_code == 302
    page = text(browser, at("people", case))
    assert to not in page
    assert "Ditarik" in page

    ended = reverse("cases:consent-stopped", args=[given.pk])
    assert ended in page
    assert running_clock(case.ref, STOPPING) is not None
    assert [browser.post(ended).status_code for _twice in range(2)] == [302, 302]
    assert ended not in text(browser, at("people", case))
    assert running_clock(case.ref, STOPPING) is None


def test_the_list_shows_one_village(cast: Cast) -> None:
    here, away = one_case(cast), one_case(cast, area=areas(PENEDA_GANDOR)[0])
    browser = cast.ani.client()
    page = text(browser, f"/kasus/?desa={here.area_id}")
    assert [one.code in page for one in (here, away)] == [True, False]
    assert f"&amp;desa={here.area_id}" in page
    both = text(browser, "/kasus/?desa-teks=entah")
    assert all(one.code in both for one in (here, away))


def test_the_coordinator_says_which_of_two_cases_stays(cast: Cast) -> None:
    first, second = one_case(cast), one_case(cast)
    budi = cast.budi.client()
    page = text(budi, at("alike", second))
    assert first.code in page
    assert NAME not in page
    assert "tetap" not in text(cast.ani.client(), at("alike", second))
    checking = budi.post(at("alike", second), {"tetap": first.pk})
    second.refresh_from_db()
    assert (checking.status_code, second.stage) == (200, "received")
    assert all(code in checking.content.decode() for code in (first.code, second.code, 'value="ya"'))
    answer = budi.post(at("alike", second), {"tetap": first.pk, "langkah": "ya"})
    assert answer["Location"] == at("case", first)
    second.refresh_from_db()
    assert (second.stage, second.duplicate_of) == ("duplicate", first)
    assert budi.post(at("alike", first), {"tetap": uuid7()}).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_those_that_are_alike_cost_the_same_for_one_and_three(
    cast: Cast, django_assert_max_num_queries: Any, number: int
) -> None:
    cases = [one_case(cast) for _ in range(number + 1)]
    browser = cast.budi.client()
    browser.get("/kasus/")
    with django_assert_max_num_queries(12) as asked:
        page = text(browser, at("alike", cases[0]))
    assert all(case.code in page for case in cases)
    assert len(asked) == 12


def test_who_coordinates_a_case_is_named_and_relieved(cast: Cast) -> None:
    case, budi = one_case(cast), cast.budi.client()
    page = text(budi, at("coordinate", case))
    key = re.search(r'name="key" value="([^"]+)"', page)
    assert key
    told = {"key": key[1], "person": cast.budi.person.pk}  # type: ignore[union-attr]
    for _twice in range(2):
        assert budi.post(at("coordinate", case), told)["Location"] == at("seen", case)
    row = Assignment.objects.get(case=case, role="coordinator", ended_at=None)
    assert f'name="akhiri" value="{row.pk}"' in text(budi, at("seen", case))
    assert f'name="akhiri" value="{row.pk}"' not in text(cast.ani.client(), at("seen", case))
    budi.post(at("seen", case), {"akhiri": row.pk})
    assert not Assignment.objects.filter(case=case, role="coordinator", ended_at=None).exists()


def test_the_supervisor_is_led_to_naming_a_coordinator(cast: Cast) -> None:
    case = one_case(cast)
    escalate_case(cast.ani.actor, case, to=cast.support, reason="Buntu", now=timezone.now())
    kartika = cast.kartika.client()
    assert at("coordinate", case) in text(kartika, at("settle", case))
    assert str(cast.budi.person) in text(kartika, at("coordinate", case))


def test_what_was_noted_by_mistake_is_taken_back_and_a_need_is_settled(cast: Cast) -> None:
    case, ani = one_case(cast), cast.ani.client()
    victim = victim_of(case)
    need = add_need(cast.ani.actor, victim, kind="SV.17", time_frame="week", now=timezone.now())
    other = add_need(cast.ani.actor, victim, kind="SV.18", time_frame="week", now=timezone.now())
    service = provide_service(
        cast.ani.actor, victim, kind="SV.07", provided_on=case.received_on, result="done", now=timezone.now()
    )
    for told in (
        {"kebutuhan": need.pk, "hasil": "ya"}, {"kebutuhan": other.pk, "hasil": "tidak"},
        {"layanan": service.pk, "hasil": "batal"},
    ):  # fmt: skip
        assert ani.post(at("noted", case), told).status_code == 302
    for row in (need, other, service):
        row.refresh_from_db()
    assert need.implemented_at
    assert other.dropped_at
    assert service.withdrawn_at
    assert str(service.pk) not in text(ani, at("noted", case))
    assert ani.post(at("noted", case), {"layanan": uuid7(), "hasil": "batal"}).status_code == 404


def test_a_restricted_tag_is_offered_to_the_coordinator_alone(cast: Cast) -> None:
    tags = reverse("cases:tags", args=[victim_of(one_case(cast)).pk])
    assert 'value="hiv"' not in text(cast.ani.client(), tags)
    assert 'value="hiv"' in text(cast.budi.client(), tags)


def test_a_case_leads_to_its_referrals(cast: Cast) -> None:
    referral = make_referral(cast)
    budi, listed = cast.budi.client(), f"{reverse('referral:list')}?kasus={referral.case_id}"
    page = text(budi, at("case", referral.case))
    assert listed in page
    assert reverse("referral:draft", args=[referral.case_id]) in page
    assert reverse("referral:one", args=[referral.pk]) in text(budi, listed)
    assert cast.ani.client().get(listed).status_code == 404
    assert budi.get(f"{reverse('referral:list')}?kasus=bukan").status_code == 404


def test_a_clock_stands_still_on_the_page_and_the_list_says_why(cast: Cast) -> None:
    referral = make_referral(cast, case=one_case(cast))
    clock, case = Clock.objects.get(about_id=referral.pk, code="P01"), referral.case
    Clock.objects.filter(pk=clock.pk).update(due_at=timezone.now() + timedelta(days=3))
    browser, path = cast.ani.client(), reverse("cases:pause", args=[case.pk, clock.pk])
    assert path in text(browser, at("case", case))
    assert browser.post(path, {"again": "False"}).status_code == 422
    for _ in range(2):
        assert browser.post(path, {"again": "False", "reason": "person_brings"}).status_code == 302
    assert "Ia mengurus surat" in text(browser, at("case", case))
    assert "Ia mengurus surat" in text(browser, "/kasus/")
    assert clock.pauses.count() == 1
    for _ in range(2):
        assert browser.post(path, {"again": "True"}).status_code == 302
    assert "Ia mengurus surat" not in text(browser, "/kasus/")
    assert clock.pauses.filter(resumed_at=None).count() == 0
    assert browser.get(reverse("cases:pause", args=[case.pk, uuid7()])).status_code == 404


def test_a_stopped_case_says_so_at_its_head(cast: Cast) -> None:
    case, browser = one_case(cast), cast.ani.client()
    assert "Orangnya meminta datanya tidak dipakai" not in text(browser, at("case", case))
    restrict_case(MAKER, case, reason="Diminta", now=timezone.now())
    assert "Orangnya meminta datanya tidak dipakai" in text(browser, at("case", case))


def test_whoever_keeps_cases_and_accompanies_groups_finds_what_was_brought_to_them(cast: Cast) -> None:
    """Kartika helps at another group too: what Lentera brought to her must not go under in that group's cases."""
    assert cast.kartika.person
    grant_role(MAKER, cast.kartika.person, role="companion", organisation=cast.other_group, reason="juga", now=NOW)
    own, brought = make_case(cast.other_group, now=timezone.now()), one_case(cast)
    browser = cast.kartika.client()
    assert brought.code not in text(browser, "/kasus/")
    escalate_case(cast.ani.actor, brought, to=cast.support, reason="Buntu", now=timezone.now())
    page = text(browser, "/kasus/")
    assert own.code in page
    assert brought.code in page
    page = text(browser, "/kasus/?rak=semua&milik=dibawa")
    assert brought.code in page
    assert own.code not in page
    assert brought.code not in text(cast.hasan.client(), "/kasus/?milik=dibawa")
