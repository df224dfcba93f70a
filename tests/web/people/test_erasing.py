"""The page that erases: what goes and what stays is said before."""

import pytest

from simpul.access.services import grant_role
from simpul.people.models import Person
from simpul.people.services import register_person
from tests.cast import BUILDER, NOW, Cast
from tests.web.access.test_pages import in_english, text_of

SURE = {"ground": "asked", "sure": "on"}


def rohani(cast: Cast) -> Person:
    return register_person(cast.budi.actor, organisation=cast.lentera, role="volunteer", name="Rohani", now=NOW)


def test_it_is_said_what_goes_and_what_stays_and_done_once(cast: Cast) -> None:
    person = rohani(cast)
    browser, path = in_english(cast.budi.client()), f"/orang/{person.pk}/hapus/"
    assert path in browser.get(f"/orang/{person.pk}/").content.decode()
    shown = text_of(browser.get(path))
    assert [word for word in ("This goes for good", "This stays", "Rohani") if word not in shown] == []
    assert browser.post(path, {}).status_code == 422
    assert browser.post(path, {"ground": "asked"}).status_code == 422
    assert Person.objects.get(pk=person.pk).name == "Rohani"
    for _twice in range(2):
        answer = browser.post(path, SURE)
        assert answer.headers["Location"] == "/orang/"
    after = text_of(browser.get("/orang/"))
    assert "Erased." in after
    assert "Rohani" not in after
    assert browser.get(f"/orang/{person.pk}/").status_code == 404
    assert cast.kartika.client().post(path, SURE).status_code == 404


def test_who_still_holds_a_role_is_kept_and_it_says_what_to_do(cast: Cast) -> None:
    person = rohani(cast)
    grant_role(BUILDER, person, role="companion", organisation=cast.lentera, reason="dipilih", now=NOW)
    answer = in_english(cast.budi.client()).post(f"/orang/{person.pk}/hapus/", SURE)
    assert answer.status_code == 422
    assert "They still hold a role. End it first" in text_of(answer)


@pytest.mark.parametrize("key", ["ani", "kartika", "budi"])
def test_the_way_there_is_for_who_may_go_it(cast: Cast, key: str) -> None:
    """Ani and Budi on their own page, Kartika on that of somebody she keeps as a supervisor."""
    played = getattr(cast, key)
    page = played.client().get(f"/orang/{played.person.pk}/").content.decode()
    assert "/hapus/" not in page
