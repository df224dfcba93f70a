"""PINs people would guess, and whose account is whose."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simpul.accounts import rules
from simpul.kernel.actor import Anonymous, Member, System
from simpul.kernel.errors import Invalid
from simpul.kernel.ids import uuid7


@pytest.mark.parametrize(
    "pin", ["000000", "777777", "123456", "654321", "890123", "210987", "121212", "123123", "112233", "159753"]
)
def test_pin_that_everybody_would_guess_is_weak(pin: str) -> None:
    with pytest.raises(Invalid) as refused:
        rules.check_new_pin(pin)
    assert (refused.value.code, refused.value.field) == ("pin_weak", "pin")


@pytest.mark.parametrize("pin", ["", "12345", "1234567", "28097a", "٢٨٠٩٧٤", "280974\n", " 28097"])
def test_pin_is_six_plain_digits(pin: str) -> None:
    with pytest.raises(Invalid) as refused:
        rules.check_new_pin(pin)
    assert refused.value.code == "pin_shape"


def test_pin_without_a_pattern_is_accepted() -> None:
    rules.check_new_pin("280974")


@given(st.from_regex(r"[0-9]{6}", fullmatch=True))
def test_weak_pins_are_few(pin: str) -> None:
    if len(set(pin)) >= 5 and pin not in {"123654", "654123", "147258", "159753", "170845"}:
        assert rules.is_weak(pin) == (pin in "0123456789012345" or pin in "9876543210987654")


def test_is_self_is_the_owner_and_the_platform_alone() -> None:
    me, other = uuid7(), uuid7()
    assert rules.is_self(Member(me, None), me)
    assert rules.is_self(System("demo"), me)
    assert not rules.is_self(Member(other, None), me)
    assert not rules.is_self(Anonymous(), me)
    assert not rules.is_self(Member(None, None), me)
