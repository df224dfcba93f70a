"""Lines of the account pages: what is set up, and from where one is signed in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from simpul.accounts.models import Device, Session, User
from simpul.web.components import Task, Text, Tone


@dataclass(frozen=True, slots=True)
class Place:
    """A device or a signed-in browser, as its owner recognises it."""

    title: Text
    since: datetime
    seen: date | datetime | None
    here: bool
    href: str
    shared: bool = False


def shown_name(device: Device) -> str:
    """What its owner called it, or the code of the account."""
    return device.name.open() if device.name else device.user.handle


def account_tasks(user: User, *, second_factor: bool, trusted: bool, passkeys: int) -> list[Task]:
    """How this account is signed in with; what is missing has its first step."""
    tasks = [_device_task(trusted=trusted)]
    if user.has_usable_password():
        tasks.append(Task(_("Password"), _("set"), Tone.OK, reverse("accounts:password")))
        tasks.append(_second_step_task(set_up=second_factor))
        tasks.append(_passkeys_task(passkeys))
    known = bool(user.email or user.phone)
    tone, href = Tone.OK if known else Tone.IDLE, reverse("accounts:identifiers")
    return [*tasks, Task(_("E-mail and phone"), _("set") if known else _("not set"), tone, href)]


def _device_task(*, trusted: bool) -> Task:
    if trusted:
        return Task(_("PIN of this device"), _("set"), Tone.OK, reverse("accounts:change-pin"))
    hint = _("Sign in here with six digits instead of your password.")
    return Task(_("PIN of this device"), _("not set"), Tone.IDLE, reverse("accounts:trust"), hint)


def _second_step_task(*, set_up: bool) -> Task:
    href = reverse("accounts:second-factor")
    if set_up:
        return Task(_("Code after the password"), _("set"), Tone.OK, href)
    hint = _("Needed by coordinators and service officers; good for everybody.")
    return Task(_("Code after the password"), _("not set"), Tone.WARN, href, hint)


def _passkeys_task(number: int) -> Task:
    href = reverse("accounts:passkeys")
    if number:
        return Task(_("Passkeys"), _("set"), Tone.OK, href)
    return Task(_("Passkeys"), _("not set"), Tone.IDLE, href, _("Sign in with your finger, your face or a stick."))


def device_rows(devices: Iterable[Device], here: Session | None) -> list[Place]:
    current = here.device_id if here else None
    return [
        Place(
            shown_name(device),
            device.trusted_at,
            device.seen_on,
            device.pk == current,
            reverse("accounts:revoke-device", args=[device.pk]),
        )
        for device in devices
    ]


def session_rows(sessions: Iterable[Session], here: Session | None) -> list[Place]:
    current = here.pk if here else None
    return [
        Place(
            shown_name(session.device) if session.device else session.get_method_display(),
            session.started_at,
            session.seen_at,
            session.pk == current,
            reverse("accounts:revoke-session", args=[session.pk]),
            session.shared,
        )
        for session in sessions
    ]
