"""Two at once at one line of the 4W, and at one response's numbers."""

from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.db import transaction

from simpul.activities.cell_keeping import refresh_cells
from simpul.activities.models import ResponseActivity, ResponseCell, SituationReport
from simpul.activities.services.lines import correct_activity, withdraw_activity
from simpul.activities.services.situation import write_report
from simpul.kernel.errors import Conflict
from tests.factories.organisations import SYSTEM, make_organisation
from tests.factories.responses import FLOOD, NOW, TODAY, line_draft, make_line, make_response
from tests.racing import at_once

pytestmark = [pytest.mark.racing, pytest.mark.usefixtures("raced")]
LATER = NOW + timedelta(hours=1)


def test_of_two_corrections_at_once_one_stands() -> None:
    response, lead = make_response(), make_organisation()
    first = make_line(response, lead)
    drafts = [line_draft(lead, status=status) for status in ("done", "stopped")]
    outcomes = at_once(*(partial(correct_activity, SYSTEM, first, draft, now=LATER) for draft in drafts))
    refused = [one for one in outcomes if isinstance(one, Conflict)]
    assert [one.code for one in refused] == ["edited_meanwhile"]
    assert ResponseActivity.objects.filter(line=first.line).count() == 2
    assert ResponseActivity.objects.get(line=first.line, superseded_at=None).status in {"done", "stopped"}


def test_lines_told_at_once_are_all_in_the_cell() -> None:
    response = make_response()
    make_line(response)
    leads = [make_organisation() for _each in range(3)]
    at_once(*(partial(make_line, response, lead) for lead in leads))
    cell = ResponseCell.objects.get(area="52.03", cluster="logistics")
    assert (cell.activities, cell.organisations, cell.overlaps) == (4, 4, 1)


def test_a_line_told_while_all_is_counted_anew_is_counted() -> None:
    response = make_response()
    rows = [make_line(response) for _each in range(3)]

    def anew() -> None:
        with transaction.atomic():
            refresh_cells(response, {(row.area_id, row.cluster) for row in rows})

    at_once(anew, partial(make_line, response), anew, partial(withdraw_activity, SYSTEM, rows[0], now=LATER))
    told = {cell.area_id: cell.activities for cell in ResponseCell.objects.filter(response=response)}
    assert told == dict.fromkeys(("52", "52.03", "52.03.05", "52.03.05.2006"), 3)


def test_reports_written_at_once_have_numbers_of_their_own() -> None:
    response = make_response()
    given: dict[str, Any] = {
        "valid_from": FLOOD,
        "valid_until": TODAY,
        "author": "Sekretariat",
        "sections": {},
        "now": NOW,
    }
    at_once(*[partial(write_report, SYSTEM, response, **given)] * 3)
    assert sorted(SituationReport.objects.values_list("number", flat=True)) == [1, 2, 3]
