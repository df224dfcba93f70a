"""The same form sent by several processes at one moment, some of them killed: there once, or not at all."""

import json
import subprocess

import pytest

from simpul.cases.models import Complaint, ComplaintDraft, ComplaintSecret
from simpul.cases.queries.complaint_drafts import receipt_of_sent
from simpul.cases.services.complaints import submit_complaint
from simpul.kernel.actor import Anonymous
from tests.cast import NOW, Stage
from tests.factories.complaints import SOCIAL, VILLAGE, drafted, works_in
from tests.rivals import at_one_moment, rivals

MODULE = "tests.cases.sending"


@pytest.mark.racing
@pytest.mark.django_db(transaction=True)
def test_a_form_sent_by_four_processes_is_one_complaint(raced: None, stage: Stage) -> None:
    cast = stage.set_up()
    works_in(cast.lentera, VILLAGE)
    with rivals(MODULE, 4) as found:
        for _round in range(3):
            key = drafted(SOCIAL)
            answers = at_one_moment({rival: {"key": key} for rival in found})
            assert answers == ["done"] * 4
    assert Complaint.objects.count() == ComplaintSecret.objects.count() == 3


@pytest.mark.racing
@pytest.mark.django_db(transaction=True)
def test_killed_while_sending_it_is_whole_or_can_be_sent_again(raced: None, stage: Stage) -> None:
    cast = stage.set_up()
    works_in(cast.lentera, VILLAGE)
    keys = [drafted(SOCIAL) for _n in range(3)]
    with rivals(MODULE, 3) as found:
        for delay, key, rival in zip((0.0, 0.01, 0.03), keys, found, strict=True):
            rival.process.stdin.write(json.dumps({"key": key, "at": 0}) + "\n")  # type: ignore[union-attr]
            rival.process.stdin.flush()  # type: ignore[union-attr]
            try:
                rival.process.wait(delay)
            except subprocess.TimeoutExpired:
                rival.process.kill()
                rival.process.wait()
    for key in keys:
        complaint = submit_complaint(Anonymous(), key=key, now=NOW)
        assert receipt_of_sent(key, now=NOW)[0] == complaint
    assert Complaint.objects.count() == ComplaintSecret.objects.count() == 3
    assert not ComplaintDraft.objects.filter(sent_at=None).exists()
