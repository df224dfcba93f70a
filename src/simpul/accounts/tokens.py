"""One-time tokens and device secrets: given out once, stored as HMAC."""

from django.utils.crypto import salted_hmac


def digest(purpose: str, secret: str) -> str:
    """64 hex characters that only this deployment can compute; `purpose` keeps the kinds of secret apart."""
    return salted_hmac(f"simpul.accounts.{purpose}", secret, algorithm="sha256").hexdigest()
