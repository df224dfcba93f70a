"""The steps of the casework, in the order of their days."""

from simpul.demo.steps import Step
from simpul.demo.story.casework.complaints import load_complaints
from simpul.demo.story.casework.home import load_mawar
from simpul.demo.story.casework.kobo import load_kobo
from simpul.demo.story.casework.lately import (
    load_brought_up,
    load_register,
    load_three_days,
    load_waiting_for_her,
)
from simpul.demo.story.casework.november import load_answered_referral, load_appointment, load_withdrawn_consent
from simpul.demo.story.casework.papers import (
    load_hasan,
    load_inactive_cards,
    load_inaq_sarinah,
    load_mobile_service,
)
from simpul.demo.story.casework.separation import load_separation


def steps() -> list[Step]:
    return [
        Step("story/cases/sarinah", load_inaq_sarinah),
        Step("story/cases/mobile-service", load_mobile_service),
        Step("story/cases/melati", load_separation),
        Step("story/cases/mawar", load_mawar),
        Step("story/cases/cards", load_inactive_cards),
        Step("story/cases/complaints", load_complaints),
        Step("story/cases/kenanga", load_withdrawn_consent),
        Step("story/cases/hasan", load_hasan),
        Step("story/cases/cempaka", load_answered_referral),
        Step("story/cases/suhaili", load_appointment),
        Step("story/cases/anggrek", load_brought_up),
        Step("story/cases/seruni", load_waiting_for_her),
        Step("story/cases/teratai", load_three_days),
        Step("story/cases/register", load_register),
        Step("story/cases/kobo", load_kobo),
    ]
