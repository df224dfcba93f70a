"""What leaves by push can be read by the one browser it is for, and by nobody on the way."""

import json
from datetime import timedelta

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from simpul.notices.channels.encrypting import CURVE, encrypted, point, signed_word, unb64
from tests.factories.notices import NOW
from tests.notices.browsers import Browser

# RFC 8291, appendix A.
SAID = b"When I grow up, I want to be a watermelon"
SALT = unb64("DGv6ra1nlYgDCS1FRnbzlw")
OURS = unb64("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw")
THEIRS = unb64("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4")
SECRET = unb64("BTBZMqHH6r4Tts7J_aSIgg")
EXPECTED = unb64(
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A"
    "_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
)


def test_it_is_the_example_of_the_standard() -> None:
    own = ec.derive_private_key(int.from_bytes(OURS), CURVE)
    assert encrypted(SAID, to=THEIRS, secret=SECRET, own=own, salt=SALT, padded_to=0) == EXPECTED


def test_the_browser_reads_it_and_another_does_not() -> None:
    browser, other = Browser(), Browser()
    sealed = encrypted(b"Ada yang perlu dilihat", to=browser.public, secret=browser.secret)
    assert browser.read(sealed).decode() == "Ada yang perlu dilihat"
    with pytest.raises(InvalidTag):
        other.read(sealed)


def test_every_message_is_as_long_as_every_other() -> None:
    browser = Browser()
    lengths = {len(encrypted(b"a" * n, to=browser.public, secret=browser.secret)) for n in (1, 60, 190)}
    assert len(lengths) == 1


def test_the_word_of_the_sender_names_the_service_and_ends() -> None:
    key = ec.generate_private_key(CURVE)
    word = signed_word(key, "https://fcm.googleapis.com/fcm/send/abc", contact="https://simpul.example.org", now=NOW)
    token, public = (part.partition("=")[2] for part in word.removeprefix("vapid ").split(", "))
    head, claims, signature = token.split(".")
    assert json.loads(unb64(head)) == {"typ": "JWT", "alg": "ES256"}
    assert json.loads(unb64(claims)) == {
        "aud": "https://fcm.googleapis.com",
        "exp": int((NOW + timedelta(hours=12)).timestamp()),
        "sub": "https://simpul.example.org",
    }
    assert unb64(public) == point(key.public_key())
    raw = unb64(signature)
    whole = encode_dss_signature(int.from_bytes(raw[:32]), int.from_bytes(raw[32:]))
    key.public_key().verify(whole, f"{head}.{claims}".encode(), ec.ECDSA(SHA256()))
