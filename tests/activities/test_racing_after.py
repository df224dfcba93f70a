"""After an event, many at once: one code answers once, no number of a certificate is given twice."""

from collections import Counter
from functools import partial

import pytest

from simpul.activities.models import Certificate, FeedbackBag, FeedbackForm
from simpul.activities.queries.feedback import slips_of
from simpul.activities.services.certificates import issue_certificates, set_certificate_rule
from simpul.activities.services.feedback import give_feedback, open_feedback
from simpul.activities.services.life import hold_event
from simpul.kernel.actor import Anonymous
from simpul.kernel.errors import Conflict
from tests.factories.activities import HOURS, START, SYSTEM, came, make_event, make_held, somebody
from tests.racing import at_once

pytestmark = pytest.mark.racing
AFTER = START + HOURS


def test_one_code_sent_by_four_at_once_answers_once_and_none_of_eight_is_lost(raced: None) -> None:
    event = make_event()
    came(event, *(somebody() for _n in range(8)))
    hold_event(SYSTEM, event, now=AFTER)
    form = open_feedback(SYSTEM, event, questions=["useful"], now=AFTER)
    codes = slips_of(SYSTEM, FeedbackForm.objects.select_related("event").get(pk=form.pk))
    give = partial(give_feedback, Anonymous(), answers={"useful": "5"}, now=AFTER)
    same = at_once(*(partial(give, codes[0]) for _n in range(4)))
    assert Counter(type(end) for end in same) == {FeedbackForm: 1, Conflict: 3}
    others = at_once(*(partial(give, code) for code in codes[1:]))
    assert [end for end in others if not isinstance(end, FeedbackForm)] == []
    assert FeedbackForm.objects.get(pk=form.pk).answered == 8
    assert FeedbackBag.objects.get(form=form).held.open()["counts"] == {"5": 8}


def test_two_events_of_one_host_give_out_at_once_and_share_no_number(raced: None) -> None:
    first = make_held()
    second = make_held(first.owner_organisation)
    for event in (first, second):
        came(event, somebody(), somebody())
        set_certificate_rule(SYSTEM, event, measure="sessions", least=1, signer="Ibu", now=AFTER)
    ends = at_once(*(partial(issue_certificates, SYSTEM, event, now=AFTER) for event in (first, second) * 2))
    assert sorted(end for end in ends if isinstance(end, int)) == [0, 0, 2, 2]
    assert sorted(Certificate.objects.values_list("turn", flat=True)) == [1, 2, 3, 4]
