"""What a token may be given: pure data. A scope lets permissions of its maker through; it gives none by itself.

What is public needs no scope. No scope holds what only a person in front of a screen should do: giving roles, letting
people in or back in, hiding an organisation, setting up the node.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class TokenScope:
    """`writes`: it changes records, so a second factor is asked of who makes the token."""

    label: Promise
    permissions: frozenset[str]
    writes: bool = False


TOKEN_SCOPES: Final[dict[str, TokenScope]] = {
    "organisations:read": TokenScope(
        _("Read what organisations show to their own people only"), frozenset({"organisation.see_protected"})
    ),
    "organisations:write": TokenScope(
        _("Register organisations and keep their entries true"),
        frozenset({"organisation.register", "organisation.edit"}),
        writes=True,
    ),
    "memberships:write": TokenScope(
        _("Keep the list of members of networks"), frozenset({"membership.manage"}), writes=True
    ),
    "service-points:write": TokenScope(
        _("Confirm the details of service points"), frozenset({"service_point.verify"}), writes=True
    ),
    "people:read": TokenScope(_("Read people, their roles and contacts"), frozenset({"person.read"})),
    "people:write": TokenScope(
        _("Register people and change their details"), frozenset({"person.read", "person.manage"}), writes=True
    ),
    "grants:read": TokenScope(_("Read who may do what"), frozenset({"grant.read"})),
    "audit:read": TokenScope(_("Read the record of acts"), frozenset({"audit.read"})),
    "threads:write": TokenScope(_("Link records into a chain"), frozenset({"thread.link"}), writes=True),
}


def permissions_of(scopes: Iterable[str]) -> frozenset[str]:
    """All that these scopes let through; a code that is no scope any more lets nothing through."""
    return frozenset(p for code in scopes if code in TOKEN_SCOPES for p in TOKEN_SCOPES[code].permissions)
