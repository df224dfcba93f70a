"""The network's report: progress, problems, proposed solutions; figures that stay."""

from datetime import date, timedelta

import pytest

from simpul.activities.models import Response, SituationReport
from simpul.activities.queries.situation import figures_of, report_for, reports_of
from simpul.activities.services.lines import correct_activity
from simpul.activities.services.situation import Said, edit_report, publish_report, write_report
from simpul.audit.models import Act
from simpul.kernel.actor import Anonymous
from simpul.kernel.errors import Conflict, Denied, Invalid, NotFound
from simpul.kernel.ids import uuid7
from tests.cast import Cast
from tests.factories.organisations import SYSTEM, make_organisation
from tests.factories.responses import (
    FLOOD,
    NOW,
    PAOKMOTONG,
    TODAY,
    line_draft,
    make_line,
    make_need,
    make_response,
    reached,
)
from tests.marks import audits, denies

pytestmark = pytest.mark.django_db
SAID = {
    "": Said(progress="Akses jalan terbuka."),
    "logistics": Said("Paket dibagikan.", "Gudang penuh.", "Pinjam gudang kecamatan."),
    "health": Said(),
}
AFTER = NOW + timedelta(days=1)


def written(response: Response, **changed: object) -> SituationReport:
    given: dict[str, object] = {
        "valid_from": FLOOD,
        "valid_until": TODAY + timedelta(days=1),
        "author": "Sekretariat",
        "sections": SAID,
        "now": NOW,
    }
    return write_report(SYSTEM, response, **{**given, **changed})  # type: ignore[arg-type]


@audits(write_report, edit_report, publish_report)
def test_a_report_is_written_changed_and_published() -> None:
    response = make_response()
    report = written(response)
    assert (report.number, report.sections.count()) == (1, 2)
    report = edit_report(SYSTEM, report, {"author": "Dewi"}, sections={"health": Said("Dua pos.")}, seen=1, now=NOW)
    assert list(report.sections.values_list("cluster", flat=True)) == ["health"]
    report = publish_report(SYSTEM, report, seen=2, now=AFTER)
    assert publish_report(SYSTEM, report, seen=2, now=AFTER + timedelta(days=1)).published_at == AFTER
    acts = Act.objects.filter(ref_id=report.pk).order_by("pk").values_list("act", flat=True)
    assert list(acts) == ["activities.write_report", "activities.edit_report", "activities.publish_report"]
    assert written(response).number == 2


@denies(write_report, edit_report, publish_report)
def test_a_report_is_written_by_who_leads_the_response(cast: Cast) -> None:
    response = make_response(cast.network)
    report = written(response)
    given = {"valid_from": FLOOD, "valid_until": TODAY, "author": "Ani", "sections": {}, "now": NOW}
    for player in (cast.ani, cast.eko, cast.gede, cast.fitri):
        with pytest.raises(Denied):
            write_report(player.actor, response, **given)  # type: ignore[arg-type]
        with pytest.raises(Denied):
            edit_report(player.actor, report, {"author": "Ani"}, seen=1, now=NOW)
        with pytest.raises(Denied):
            publish_report(player.actor, report, seen=1, now=AFTER)
    assert publish_report(cast.dewi.actor, report, seen=1, now=AFTER).published_at


def test_a_draft_is_read_by_who_leads_alone(cast: Cast) -> None:
    response = make_response(cast.network)
    report = written(response)
    assert list(reports_of(cast.dewi.actor, response)) == [report]
    assert not reports_of(Anonymous(), response).exists()
    with pytest.raises(NotFound):
        report_for(cast.ani.actor, report.pk)
    publish_report(SYSTEM, report, seen=1, now=AFTER)
    assert report_for(Anonymous(), report.pk) == report


def test_published_figures_stay_as_they_were_on_the_last_day() -> None:
    response, lead = make_response(), make_organisation()
    line = make_line(response, lead, reached=reached(women=40, girls=10, with_disability=3))
    make_need(response)
    report = publish_report(SYSTEM, written(response), seen=1, now=AFTER)
    before = figures_of(report, now=AFTER)
    late = NOW + timedelta(days=1, hours=1)
    correct_activity(SYSTEM, line, line_draft(lead, reached=reached(women=400)), now=late)
    make_line(response, None, PAOKMOTONG, now=late)
    after = figures_of(SituationReport.objects.get(), now=late)
    assert after == before
    assert (after.lines, after.nobody, after.reach.told, after.reach.with_disability) == (1, 1, 50, 3)
    assert after.day == TODAY
    assert [(row["cluster"], row["lines"], row["nobody"]) for row in after.clusters] == [
        ("logistics", 1, 0),
        ("protection", 0, 1),
    ]


def test_figures_name_overlaps_by_keys_and_gaps_by_place() -> None:
    response, one, other = make_response(), make_organisation(), make_organisation()
    make_line(response, one)
    make_line(response, other)
    make_need(response)
    make_need(response, sub_cluster="protection.violence", what="Pendampingan")
    figures = figures_of(written(response), now=NOW)
    assert [sorted(same["leads"]) for same in figures.overlaps] == [sorted([str(one.pk), str(other.pk)])]
    assert sorted((gap["what"], gap["area"]) for gap in figures.gaps) == [
        ("Air bersih", "52.03.05.2006"),
        ("Pendampingan", "52.03"),
    ]


def test_a_published_report_is_changed_by_nobody() -> None:
    report = publish_report(SYSTEM, written(make_response()), seen=1, now=AFTER)
    with pytest.raises(Conflict) as refusal:
        edit_report(SYSTEM, report, {"author": "Lain"}, seen=report.version, now=AFTER)
    assert refusal.value.code == "published"
    assert SituationReport.objects.get().author == "Sekretariat"


def test_a_report_waits_for_its_last_day_and_for_its_response() -> None:
    report = written(make_response(), valid_until=date(2025, 12, 1))
    with pytest.raises(Conflict) as early:
        publish_report(SYSTEM, report, seen=1, now=NOW)
    draft = written(make_response(published=False))
    with pytest.raises(Conflict) as unseen:
        publish_report(SYSTEM, draft, seen=1, now=AFTER)
    assert (early.value.code, unseen.value.code) == ("not_over", "draft_response")


def test_what_somebody_else_wrote_meanwhile_is_not_published_unread() -> None:
    report = written(make_response())
    edit_report(SYSTEM, report, {"author": "Lain"}, seen=1, now=NOW)
    with pytest.raises(Conflict) as met:
        publish_report(SYSTEM, report, seen=1, now=AFTER)
    assert met.value.code == "edited_meanwhile"


def test_the_same_id_twice_is_one_report() -> None:
    response, key = make_response(), uuid7()
    assert written(response, report_id=key) == written(response, report_id=key)
    with pytest.raises(Conflict):
        written(make_response(), report_id=key)


@pytest.mark.parametrize(
    ("changed", "code"), [({"valid_until": FLOOD}, "period_reversed"), ({"author": " "}, "author_needed")]
)
def test_what_a_report_lacks_is_told(changed: dict[str, object], code: str) -> None:
    with pytest.raises(Invalid) as refusal:
        written(make_response(), **changed)
    assert refusal.value.code == code
