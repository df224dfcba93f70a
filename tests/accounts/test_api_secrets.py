"""The shape of a token: recognised by what it is, refused where a letter is wrong."""

import pytest

from simpul.accounts.api_secrets import is_whole, new_secret, secret_digests


def test_a_secret_is_recognisable_and_never_the_same() -> None:
    one, two = new_secret(), new_secret()
    assert one.startswith("simpul_")
    assert len(one) == 53
    assert one != two
    assert is_whole(one)


@pytest.mark.parametrize("spoil", [lambda s: s[:-1], lambda s: s + "a", lambda s: s.swapcase(), lambda s: f" {s}"])
def test_a_spoiled_secret_is_told_without_asking_the_database(spoil: object) -> None:
    assert not is_whole(spoil(new_secret()))  # type: ignore[operator]


def test_one_wrong_letter_fails_the_checksum() -> None:
    secret = new_secret()
    wrong = secret[:20] + ("a" if secret[20] != "a" else "b") + secret[21:]
    assert not is_whole(wrong)


def test_what_is_stored_does_not_hold_the_secret() -> None:
    secret = new_secret()
    assert all(secret not in digest and len(digest) <= 64 for digest in secret_digests(secret))
