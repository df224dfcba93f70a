"""One-time tokens and device secrets: given out once, stored as HMAC."""

from django.utils.crypto import salted_hmac


def digest(purpose: str, secret: str) -> str:
    """64 hex characters that only this deployment can compute; `purpose` keeps the kinds of secret apart."""
    return salted_hmac(f"simpul.accounts.{purpose}", secret, algorithm="sha256").hexdigest()


def session_digest(key: str) -> str:
    """40 hex characters: what fits Django's session table."""
    return digest("session", key)[:40]


def pin_material(device_secret: str, pin: str) -> str:
    """What is hashed for a PIN. Without the secret in the device's cookie the hash can't be searched for the PIN."""
    return digest(f"pin.{pin}", device_secret)
