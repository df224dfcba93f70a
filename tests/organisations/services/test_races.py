"""Two people at the same moment, in two connections: one row, no circle, one successor."""

from datetime import UTC, date, datetime

import pytest

from simpul.kernel.actor import System
from simpul.kernel.errors import Conflict
from simpul.organisations.models import Accompaniment, Membership
from simpul.organisations.receipts import new_receipt
from simpul.organisations.services.acceptance import accept_application
from simpul.organisations.services.accompaniments import accompany_group
from simpul.organisations.services.applications import refuse_application
from simpul.organisations.services.membership_life import decide_membership
from simpul.organisations.services.memberships import correct_membership
from tests.factories.applications import apply, verified
from tests.factories.networks import NOW, admit, make_group, make_network
from tests.factories.organisations import make_organisation
from tests.racing import at_once

pytestmark = [pytest.mark.racing, pytest.mark.usefixtures("raced")]

START = date(2025, 1, 20)
LATER = datetime(2025, 9, 1, tzinfo=UTC)


def test_racing_requests_make_one_row() -> None:
    lrc, lentera = make_organisation(), make_group()
    act = lambda: accompany_group(System(), lentera, supporter=lrc, valid_from=START, now=NOW)  # noqa: E731
    first, second = at_once(act, act)
    assert first == second
    assert Accompaniment.objects.count() == 1


def test_two_racing_admissions_never_close_a_circle() -> None:
    for _ in range(5):
        one, two = make_network(), make_network()
        answers = at_once(lambda: admit(one, two), lambda: admit(two, one))  # noqa: B023 - run at once
        refused = [a for a in answers if isinstance(a, Exception)]
        assert [getattr(a, "code", repr(a)) for a in refused] == ["membership_circle"]
        assert Membership.objects.filter(member__in=[one, two]).count() == 1


def test_two_racing_admissions_of_one_member_make_one_row_or_a_conflict() -> None:
    network, member = make_network(), make_organisation()
    same = at_once(lambda: admit(network, member), lambda: admit(network, member))
    assert same[0] == same[1]
    other = make_organisation()
    answers = at_once(lambda: admit(network, other), lambda: admit(network, other, valid_from=date(2024, 2, 1)))
    assert [a.code for a in answers if isinstance(a, Conflict)] == ["membership_overlaps"]
    assert Membership.objects.filter(member=other).count() == 1


def test_two_racing_corrections_leave_one_successor() -> None:
    [row] = admit(make_network(), make_organisation())
    answers = at_once(
        lambda: correct_membership(System(), row, {"role": "presidium"}, now=LATER),
        lambda: correct_membership(System(), row, {"role": "coordinator"}, now=LATER),
    )
    assert [a.code for a in answers if isinstance(a, Conflict)] == ["edited_meanwhile"]
    assert Membership.objects.filter(superseded_at=None).count() == 1


def test_two_secretaries_deciding_at_once_make_one_decision() -> None:
    for _ in range(3):
        row = verified(make_network())
        one, two = System("one"), System("two")
        answers = at_once(
            lambda: accept_application(one, row, decided_by="Rapat", decided_on=START, now=LATER),  # noqa: B023
            lambda: refuse_application(two, row, decided_by="Rapat", decided_on=START, words="Belum", now=LATER),  # noqa: B023
        )
        assert [a.code for a in answers if isinstance(a, Conflict)] == ["moved_meanwhile"]
        decided = [step.act for step in row.steps.all() if step.act in ("accept", "refuse")]
        assert len(decided) == 1
        assert Membership.objects.filter(network=row.network).count() == (1 if decided == ["accept"] else 0)


def test_an_application_sent_twice_at_once_is_one() -> None:
    network, receipt = make_network(), new_receipt()
    apply(network)
    first, second = at_once(lambda: apply(network, receipt=receipt), lambda: apply(network, receipt=receipt))
    assert first == second
    assert network.applications.count() == 2


def test_leaving_and_expulsion_at_once_end_a_membership_once() -> None:
    for _ in range(3):
        [row] = admit(make_network(), make_organisation())
        answers = at_once(
            lambda: decide_membership(System("one"), row, act="leave", effective_on=START, now=LATER),  # noqa: B023
            lambda: decide_membership(
                System("two"),
                row,  # noqa: B023
                act="expel",
                effective_on=START,
                why="Melanggar aturan",
                decided_by="Rapat",
                decided_on=START,
                now=LATER,
            ),
        )
        assert [a.code for a in answers if isinstance(a, Conflict)] == ["ended"]
        current = Membership.objects.get(network=row.network, superseded_at=None)
        decision = current.network.membership_decisions.get()
        assert (decision.act, current.end_reason) in {("leave", "left"), ("expel", "expelled")}
