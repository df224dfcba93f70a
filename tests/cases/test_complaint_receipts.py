"""Receipts: enough of them, readable, kept as HMAC; wrong ones wait, nobody is locked out."""

import math
from datetime import timedelta

import pytest

from simpul.cases.complaint_pacing import forget_empty, note_wrong, turn_for
from simpul.cases.complaint_receipts import beginning, digits_of, grouped, new_key, plain, unlisted, words_of
from simpul.cases.models import ReceiptPace
from simpul.kernel.errors import Conflict
from simpul.kernel.words import WORDS
from tests.cast import NOW

WORDY = " ".join(WORDS[:4])


def test_the_list_has_2048_plain_words_in_order() -> None:
    assert len(WORDS) == len(set(WORDS)) == 2048
    assert list(WORDS) == sorted(WORDS)
    assert all(word.isascii() and word.isalpha() and word.islower() and 4 <= len(word) <= 9 for word in WORDS)


def near(first: str, second: str) -> bool:
    """One slip apart: a letter changed, missing, doubled, or two neighbours swapped."""
    if abs(len(first) - len(second)) > 1:
        return False
    if len(first) == len(second):
        other = [n for n in range(len(first)) if first[n] != second[n]]
        swapped = len(other) == 2 and other[1] == other[0] + 1 and first[other[0]] == second[other[1]]
        return len(other) == 1 or (swapped and first[other[1]] == second[other[0]])
    short, long = sorted((first, second), key=len)
    return any(long[:n] + long[n + 1 :] == short for n in range(len(long)))


def test_no_two_words_are_one_slip_apart() -> None:
    by_part: dict[str, set[str]] = {}
    for word in WORDS:  # words one slip apart share what is left when a letter of each is taken out
        for part in {word, *(word[:n] + word[n + 1 :] for n in range(len(word)))}:
            by_part.setdefault(part, set()).add(word)
    pairs = {(a, b) for words in by_part.values() for a in words for b in words if a < b and near(a, b)}
    assert pairs == set()


def test_digits_carry_53_bits_and_words_44() -> None:
    assert math.log2(10**16) > 53
    assert 4 * math.log2(len(WORDS)) == 44


def test_a_key_gives_the_same_receipt_and_another_key_another() -> None:
    key = new_key()
    assert digits_of(key) == digits_of(key) != digits_of(key, 1)
    assert digits_of(key) != digits_of(new_key())
    assert words_of(key) == words_of(key) != words_of(new_key())
    assert len({digits_of(new_key())[0] for _n in range(300)}) == 10


@pytest.mark.parametrize("typed", ["1234567890123456", "1234 5678 9012 3456", " 1234-5678-9012.3456 "])
def test_digits_are_read_with_anything_between_them(typed: str) -> None:
    assert plain(typed) == "1234567890123456"
    assert grouped(plain(typed)) == "1234 5678 9012 3456"


@pytest.mark.parametrize(
    "typed", ["", "123456789012345", "12345678901234567", "١٢٣٤٥٦٧٨٩٠١٢٣٤٥٦", "kopi susu", "' OR 1"]
)
def test_anything_else_is_no_receipt(typed: str) -> None:
    assert plain(typed) == ""


def test_words_are_read_in_any_case_and_a_slip_is_named() -> None:
    assert plain(f" {WORDY.title()},") == WORDY
    assert plain(f"{WORDS[0]}x {WORDS[1]} {WORDS[2]} {WORDS[3]}") == ""
    assert unlisted(f"{WORDS[0]}x {WORDS[1]} {WORDS[2]} {WORDS[3]}") == [f"{WORDS[0]}x"]


@pytest.mark.django_db
class TestPace:
    def wrong(self, receipt: str, times: int) -> None:
        for _n in range(times):
            note_wrong(receipt, now=NOW)

    def test_a_first_try_never_waits(self) -> None:
        assert turn_for("1" * 16, now=NOW).wait == 0
        assert turn_for(WORDY, now=NOW).wait == 0

    def test_many_wrong_ones_with_one_beginning_make_it_wait_and_no_other(self) -> None:
        self.wrong("1234" + "0" * 12, 12)
        turn = turn_for("1234" + "9" * 12, now=NOW)
        assert 0 < turn.wait <= 60
        assert turn_for("5678" + "9" * 12, now=NOW).wait == 0

    def test_a_turn_comes_and_is_for_one_receipt(self) -> None:
        self.wrong("1234" + "0" * 12, 30)
        mine, other = "1234" + "9" * 12, "1234" + "8" * 12
        turn = turn_for(mine, now=NOW)
        later = NOW + timedelta(seconds=turn.wait)
        assert turn_for(mine, ticket=turn.ticket, now=NOW).wait == turn.wait
        self.wrong("1234" + "7" * 12, 50)  # whoever goes on guessing can't take a turn that was given
        assert turn_for(mine, ticket=turn.ticket, now=later).wait == 0
        assert turn_for(other, ticket=turn.ticket, now=later).wait > 0
        assert turn_for(mine, ticket="forged", now=later).wait > 0

    def test_no_wait_for_digits_is_longer_than_a_minute(self) -> None:
        self.wrong("1234" + "0" * 12, 700)
        assert turn_for("1234" + "9" * 12, now=NOW).wait == 60
        assert turn_for("9" * 16, now=NOW).wait <= 10

    def test_one_browser_waits_by_itself(self) -> None:
        waits = [turn_for("1" * 16, wrong_here=n, now=NOW).wait for n in (0, 2, 3, 4, 5, 99)]
        assert waits == [0, 0, 2, 4, 8, 30]

    def test_words_queue_and_then_send_people_to_their_digits(self) -> None:
        receipts = iter([f"{WORDS[n]} {WORDS[n + 1]} {WORDS[n + 2]} {WORDS[n + 3]}" for n in range(400)])
        waits = [turn_for(next(receipts), now=NOW).wait for _n in range(361)]
        with pytest.raises(Conflict, match="too_busy"):
            turn_for(next(receipts), now=NOW)
        # A minute's worth at once, then one behind another at two a second, two minutes at most.
        assert waits.count(0) == 120
        assert waits[120:] == sorted(waits[120:])
        assert max(waits) <= 121
        assert turn_for("1" * 16, now=NOW).wait == 0

    def test_buckets_run_empty_and_tell_nothing(self) -> None:
        self.wrong("1234" + "0" * 12, 3)
        assert beginning("1234" + "0" * 12) == "1234"
        assert "1234" not in [row.bucket for row in ReceiptPace.objects.all()]
        assert forget_empty(NOW + timedelta(hours=1)) == 2
