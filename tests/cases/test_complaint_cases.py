"""A complaint becomes a case: once, with all that it brings, hidden from whom it was hidden."""

from typing import Any

import pytest

from simpul.audit.models import Act
from simpul.cases.models import Case, Complaint, ComplaintDecision, Exclusion, Party
from simpul.cases.relations import PartyRole
from simpul.cases.services.complaint_cases import open_case_from_complaint
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict, Denied, Invalid, NotFound
from simpul.territory.models import Area
from tests.cast import NOW, Cast
from tests.factories.complaints import SOCIAL, VILLAGE, VIOLENCE, complain, works_in
from tests.marks import audits, denies

pytestmark = pytest.mark.django_db


@pytest.fixture
def area(cast: Cast) -> Area:
    return works_in(cast.lentera, VILLAGE)


def become(actor: Actor, complaint: Complaint, area: Area | None, **other: Any) -> Case:
    said = {"types": ["AD.1"], "words": "Kami temani.", **other}
    return open_case_from_complaint(actor, complaint, area=area, now=NOW, **said)


@audits(open_case_from_complaint)
def test_it_becomes_one_case_however_often(cast: Cast, area: Area) -> None:
    complaint = complain(SOCIAL, reported_by="other", relation="neighbour", channel="phone", name="Sumi", phone="0800")
    first, second = (become(cast.budi.actor, complaint, area) for _twice in range(2))
    assert first.pk == second.pk == Case.objects.get().pk
    assert (first.channel, first.relation, first.complaint_id) == ("phone", "neighbour", complaint.pk)
    assert first.received_at == complaint.received_at
    decision = ComplaintDecision.objects.get()
    assert (decision.verdict, decision.case_id) == ("case", first.pk)
    reporter = Party.objects.get(role=PartyRole.REPORTER)
    assert reporter.name is not None
    assert reporter.name.open() == "Sumi"
    assert Act.objects.filter(act="cases.decide_complaint", details__case=str(first.pk)).count() == 1


def test_r9_it_stays_hidden_and_safe_contact_goes_with_it(cast: Cast, area: Area) -> None:
    said = {"reported_by": "self", "relation": "self", "safe_to_call": "no", "hours": "pagi", "name": "Rahma"}
    complaint = complain(VIOLENCE, hidden_from="Ani", named="Sapto", **said)
    case = become(cast.budi.actor, complaint, area, types=["K.F", "K.P"])
    assert case.protected
    assert [row.person for row in Exclusion.objects.filter(case=case)] == [cast.ani.person]
    victim = Party.objects.get(role=PartyRole.VICTIM)
    assert victim.safe_contact is not None
    assert victim.safe_contact.open() == {"safe_to_call": False, "hours": "pagi"}
    accused = Party.objects.get(role=PartyRole.ALLEGED)
    assert accused.name is not None
    assert accused.name.open() == "Sapto"


@denies(open_case_from_complaint)
def test_only_who_decides_it_opens_a_case(cast: Cast, area: Area) -> None:
    complaint = complain()
    with pytest.raises(Denied):
        become(cast.ani.actor, complaint, area)
    with pytest.raises(NotFound):
        become(cast.hasan.actor, complaint, area)
    assert not Case.objects.exists()


def test_a_village_words_and_a_group_are_needed(cast: Cast, area: Area) -> None:
    complaint, above = complain(), complain(about="group")
    with pytest.raises(Invalid):
        become(cast.budi.actor, complaint, None)
    with pytest.raises(Invalid):
        become(cast.budi.actor, complaint, area, words=" ")
    with pytest.raises(Conflict, match="is_above"):
        become(cast.kartika.actor, above, area)
    assert not Case.objects.exists()
