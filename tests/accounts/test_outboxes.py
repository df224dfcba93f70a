"""The key of an outbox: of one sign-in on one device, gone with the device; what is sealed answers for nothing else."""

from collections.abc import Callable

import pytest

from simpul.accounts.envelopes import new_private
from simpul.accounts.models import Device
from simpul.accounts.outboxes import Purpose, Unreadable, boxed, key_of, label, unboxed, words_of
from simpul.accounts.queries import outbox_key, outbox_words
from simpul.accounts.services import give_device_key, revoke_device
from simpul.kernel.errors import NotFound
from simpul.kernel.ids import uuid7
from simpul.kernel.words import WORDS
from tests.cast import NOW
from tests.factories.accounts import make_trusted, make_user, member

PRIVATE, DEVICE, SIGN_IN, RECORD = new_private(), uuid7(), uuid7(), uuid7()
KEY = key_of(PRIVATE, DEVICE, SIGN_IN)
BOUND = label(Purpose.RECORD, DEVICE, SIGN_IN, RECORD)


def test_what_was_sealed_is_read_again() -> None:
    for text in ("", "Inaq Contoh", "ꦱꦸꦭꦺ" * 90):
        assert unboxed(KEY, BOUND, boxed(KEY, BOUND, text)) == text


def test_a_name_and_a_longer_one_are_as_long() -> None:
    assert len(boxed(KEY, BOUND, "Ina")) == len(boxed(KEY, BOUND, "Lalu Contoh Panjang Sekali Namanya"))


@pytest.mark.parametrize(
    "bound",
    [
        label(Purpose.ANSWER, DEVICE, SIGN_IN, RECORD),
        label(Purpose.RECORD, uuid7(), SIGN_IN, RECORD),
        label(Purpose.RECORD, DEVICE, uuid7(), RECORD),
        label(Purpose.RECORD, DEVICE, SIGN_IN, uuid7()),
    ],
    ids=["another purpose", "another device", "another sign-in", "another record"],
)
def test_it_answers_for_nothing_else(bound: bytes) -> None:
    with pytest.raises(Unreadable):
        unboxed(KEY, bound, boxed(KEY, BOUND, "Inaq Contoh"))


@pytest.mark.parametrize(
    "harm", [lambda box: box[:-4], lambda box: "A" * 40, lambda box: "", lambda box: "not base64!"]
)
def test_what_was_changed_is_not_read(harm: Callable[[str], str]) -> None:
    with pytest.raises(Unreadable):
        unboxed(KEY, BOUND, harm(boxed(KEY, BOUND, "Inaq Contoh")))


def test_each_sign_in_has_its_own_key_and_words() -> None:
    sign_ins = [uuid7() for _ in range(20)]
    assert len({key_of(PRIVATE, DEVICE, one) for one in sign_ins}) == len(sign_ins)
    assert len({words_of(PRIVATE, DEVICE, one) for one in sign_ins}) == len(sign_ins)
    words = words_of(PRIVATE, DEVICE, SIGN_IN).split()
    assert (len(words), set(words) - set(WORDS)) == (4, set())
    assert words_of(PRIVATE, DEVICE, SIGN_IN) == " ".join(words)


@pytest.mark.django_db
def test_it_goes_with_the_device() -> None:
    user = make_user()
    device, _secret = make_trusted(user)
    actor = member(user)
    with pytest.raises(NotFound):
        outbox_key(device, SIGN_IN)
    give_device_key(actor, device, now=NOW)
    assert len(outbox_key(device, SIGN_IN)) == 32
    assert outbox_words(Device.objects.get(), SIGN_IN) == outbox_words(device, SIGN_IN)
    revoke_device(actor, device, now=NOW)
    for read in (outbox_key, outbox_words):
        with pytest.raises(NotFound):
            read(device, SIGN_IN)
