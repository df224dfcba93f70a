"""What a participant says of themself: tidied, and no more of it kept than the event asks."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from simpul.activities.kinds import AgeBand, Disability, Publishing, Question, Stakeholder, stakeholder_of
from simpul.activities.models import Event, Participant
from simpul.kernel.errors import Invalid
from simpul.kernel.text import fold
from simpul.organisations.models import Organisation
from simpul.organisations.shapes import email, one_of, phone, words
from simpul.people.codes import Sex
from simpul.people.models import Person
from simpul.territory.models import Area


@dataclass(frozen=True, slots=True)
class Details:
    """A name and one way to be reached; the rest where the event asks for it (`Event.asks`)."""

    name: str
    phone: str = ""
    email: str = ""
    organisation: Organisation | None = None
    organisation_name: str = ""
    stakeholder: str = ""
    area: Area | None = None
    sex: str = ""
    age_band: str = ""
    disability: str = ""
    needs: str = ""
    publishing: str = Publishing.NOTHING
    may_contact: bool = False
    language: str = "id"
    answers: Mapping[str, Any] | None = None  # key of an organiser's own question -> what was answered

    def cleaned(self, event: Event, *, reachable: bool = True) -> "Details":
        """What the event does not ask is dropped, not stored.

        Invalid("name_needed" | "contact_needed") and as the shapes say; `reachable`: a way to be reached is needed.
        """
        name = words(160)("name", self.name)
        if not name:
            raise Invalid("name_needed", "name", message=_("Write their name."))
        number, address = phone("phone", self.phone), email("email", self.email)
        if reachable and not number and not address:
            message = _("Write a number or an e-mail address, so that you can be told if something changes.")
            raise Invalid("contact_needed", "phone", message=message)
        told = replace(
            self,
            name=name,
            phone=number,
            email=address,
            organisation_name=words(160)("organisation_name", self.organisation_name),
            stakeholder=one_of(Stakeholder)("stakeholder", self.stakeholder),
            sex=one_of(Sex)("sex", self.sex),
            age_band=one_of(AgeBand)("age_band", self.age_band),
            disability=one_of(Disability)("disability", self.disability),
            needs=words(300)("needs", self.needs),
            publishing=one_of(Publishing, blank=False)("publishing", self.publishing),
            language="en" if self.language.startswith("en") else "id",
        )
        return told._as_asked(event)

    def _as_asked(self, event: Event) -> "Details":
        asked = set(event.asks)
        kept = self
        if Question.ORGANISATION not in asked:
            kept = replace(kept, organisation=None, organisation_name="")
        if kept.organisation is not None:
            kept = replace(kept, organisation_name="")
        if Question.STAKEHOLDER not in asked:
            kept = replace(kept, stakeholder="")
        if not kept.stakeholder and kept.organisation is not None:
            kept = replace(kept, stakeholder=stakeholder_of(kept.organisation.kind))
        return replace(
            kept,
            sex=kept.sex if Question.SEX in asked else "",
            age_band=kept.age_band if Question.AGE_BAND in asked else "",
            disability=kept.disability if Question.DISABILITY in asked else "",
            needs=kept.needs if Question.NEEDS in asked else "",
            area=kept.area if Question.AREA in asked else None,
        )


def learner_of(name: str, contact: str) -> str:
    """The same for one name with one way to be reached, however they are typed; "" where there is no way."""
    return f"{fold(name)}|{contact.casefold()}" if contact else ""


def fields_of(details: Details) -> dict[str, Any]:
    """As they are stored. `details` were cleaned."""
    return {
        "organisation": details.organisation,
        "organisation_name": details.organisation_name or None,
        "name": details.name,
        "phone": details.phone or None,
        "email": details.email or None,
        "needs": details.needs or None,
        "learner": learner_of(details.name, details.phone or details.email) or None,
        "sex": details.sex,
        "age_band": details.age_band,
        "disability": details.disability,
        "stakeholder": details.stakeholder,
        "area": details.area,
        "publishing": details.publishing,
        "may_contact": details.may_contact,
        "language": details.language,
    }


def participant_of(event: Event, details: Details, *, person: Person | None, now: datetime) -> Participant:
    """Not saved yet."""
    return Participant(event=event, person=person, recorded_at=now, **fields_of(details))
