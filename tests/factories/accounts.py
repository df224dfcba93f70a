"""Accounts for tests, and actors with the permissions a test names."""

from collections.abc import Iterable
from datetime import UTC, datetime
from uuid import UUID

from django.contrib.auth.hashers import make_password

from simpul.accounts.models import Device, User
from simpul.accounts.services.devices import make_device
from simpul.kernel.actor import Member, Reach, ResolvedGrant

NOW = datetime(2025, 2, 7, 2, 0, tzinfo=UTC)
PIN = "280974"
PASSWORD = "tenun-songket-pringgasela"


def make_user(*, email: str | None = None, phone: str | None = None, password: str | None = None, **more: bool) -> User:
    """`phone` in normal form ("+62...")."""
    return User.objects.create(email=email, phone=phone, password=make_password(password), created_at=NOW, **more)


def make_trusted(user: User, *, pin: str = PIN, name: str = "HP Lentera") -> tuple[Device, str]:
    return make_device(user, pin=pin, device_name=name, now=NOW)


def member(user: User | UUID, permissions: Iterable[str] = ()) -> Member:
    """Somebody signed in who holds these permissions on the whole node."""
    user_id = user.pk if isinstance(user, User) else user
    grant = ResolvedGrant("test", None, None, dict.fromkeys(permissions, Reach.NODE))
    return Member(user_id=user_id, person_id=None, grants=(grant,), second_factor=True)
