"""The few answers: what each carries, and that none carries it in its own text."""

from simpul.kernel.errors import Conflict, Denied, Gone, Invalid, NotFound, SimpulError, TooSoon
from simpul.kernel.ids import uuid7
from simpul.kernel.refs import RecordRef


def test_denied_names_the_permission_and_the_record() -> None:
    ref = RecordRef("people.person", uuid7())
    error = Denied("person.read", ref)
    assert (error.permission, error.ref, str(error)) == ("person.read", ref, "person.read")
    assert Denied("person.read").ref is None


def test_not_found_is_the_same_for_what_is_hidden() -> None:
    uuid = uuid7()
    error = NotFound("people.person", uuid)
    assert (error.kind, error.uuid, str(error)) == ("people.person", uuid, "people.person")


def test_invalid_names_the_field_to_mend() -> None:
    params = {"most": 3}
    error = Invalid("too_long", "name", message="Shorter, please.", params=params)
    params["most"] = 4
    assert (error.code, error.field, error.message, error.params) == (
        "too_long",
        "name",
        "Shorter, please.",
        {"most": 3},
    )
    assert (Invalid("empty").field, Invalid("empty").params) == (None, {})


def test_conflict_carries_what_is_stored_now() -> None:
    theirs = {"name": "Siti"}
    error = Conflict("edited_meanwhile", theirs=theirs)
    theirs["name"] = "Ani"
    assert error.theirs == {"name": "Siti"}
    assert str(error) == "edited_meanwhile"
    assert "Siti" not in str(error) + repr(error)


def test_too_soon_is_invalid_until_the_minutes_are_over() -> None:
    error = TooSoon("too_many_tries", minutes=2, message="Wait.")
    assert isinstance(error, Invalid)
    assert (error.code, error.minutes, error.params, error.message) == ("too_many_tries", 2, {"minutes": 2}, "Wait.")


def test_gone_is_a_conflict_that_nothing_mends() -> None:
    error = Gone("ended", message="Over.")
    assert isinstance(error, Conflict)
    assert (error.code, error.message, error.theirs) == ("ended", "Over.", {})


def test_all_of_them_are_anticipated() -> None:
    assert all(issubclass(error, SimpulError) for error in (Denied, NotFound, Invalid, Conflict))
