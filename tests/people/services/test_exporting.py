"""People are taken away by those who may read them, and that they were stays known."""

import pytest

from simpul.audit.models import Act
from simpul.kernel.errors import Denied
from simpul.organisations.services.safety import set_safety_mode
from simpul.people.services import TakenPerson, change_contacts, export_people
from tests.cast import BUILDER, NOW, Cast
from tests.marks import audits, denies

pytestmark = pytest.mark.django_db


def names(taken: list[TakenPerson]) -> list[str]:
    return [one.affiliation.person.name for one in taken]


@denies(export_people)
def test_who_may_read_nobody_takes_nobody_and_leaves_no_act(cast: Cast) -> None:
    for key in ("gede", "publik"):
        with pytest.raises(Denied):
            export_people(getattr(cast, key).actor, search="", form="csv", now=NOW)
    assert not Act.objects.exists()


@audits(export_people)
def test_a_coordinator_takes_the_people_of_their_organisation_with_how_to_reach_them(cast: Cast) -> None:
    assert cast.ani.person is not None
    change_contacts(
        cast.budi.actor, cast.ani.person, version=cast.ani.person.version, phone="081234567890", whatsapp="", email="",
        now=NOW,
    )  # fmt: skip
    taken = export_people(cast.budi.actor, search="", form="xlsx", now=NOW)
    assert names(taken) == ["Ani", "Budi"]
    assert taken[0].contacts == {"phone": "+6281234567890"}
    [act] = Act.objects.filter(act="people.export_people")
    assert (act.user_id, act.ref_id) == (cast.budi.actor.user_id, None)
    assert act.details == {"rows": 2, "form": "xlsx", "narrowed": False, "organisations": [str(cast.lentera.pk)]}


def test_part_of_a_name_narrows_the_file_and_is_in_no_act(cast: Cast) -> None:
    assert names(export_people(cast.budi.actor, search="AN", form="csv", now=NOW)) == ["Ani"]
    [act] = Act.objects.filter(act="people.export_people")
    assert act.details["narrowed"] is True
    assert "AN" not in str(act.details)


def test_nobody_of_an_organisation_hidden_for_its_safety_is_taken_even_by_its_own(cast: Cast) -> None:
    set_safety_mode(BUILDER, cast.lentera, on=True, reason_code="threat", now=NOW)
    assert names(export_people(cast.budi.actor, search="", form="csv", now=NOW)) == []
