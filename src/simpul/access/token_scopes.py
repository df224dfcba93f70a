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
    """`permissions` are of roles; `own` is what no role grants: what is the actor's without any permission.

    `writes`: it changes records, so a second factor is asked of who makes the token. `personal`: it concerns the maker
    alone, so that no organisation's token has it.
    """

    label: Promise
    permissions: frozenset[str] = frozenset()
    own: frozenset[str] = frozenset()
    writes: bool = False
    personal: bool = False


SENDING: Final = frozenset({"document.send"})
INSIDE: Final = frozenset({"announcement.read", "board.read"})
TOKEN_SCOPES: Final[dict[str, TokenScope]] = {
    "organisations:read": TokenScope(
        _("Read what organisations show to their own people only"), frozenset({"organisation.see_protected"})
    ),
    "organisations:write": TokenScope(
        _("Register organisations and keep their entries and papers true"),
        frozenset({"organisation.register", "organisation.edit"}),
        SENDING,
        writes=True,
    ),
    "memberships:write": TokenScope(
        _("Keep the list of members of networks"), frozenset({"membership.manage"}), writes=True
    ),
    "applications:write": TokenScope(
        _("Read and decide applications for membership"),
        frozenset({"membership.manage", "organisation.register"}),
        writes=True,
    ),
    "secretariat:read": TokenScope(_("Read announcements and the board of one's networks"), own=INSIDE),
    "secretariat:write": TokenScope(
        _("Write announcements, the service log, readiness and the board"),
        frozenset({"membership.manage", "organisation.edit"}),
        INSIDE,
        writes=True,
    ),
    "programmes:write": TokenScope(_("Keep programmes true"), frozenset({"programme.manage"}), writes=True),
    "service-points:write": TokenScope(
        _("Keep service points and confirm their details"),
        frozenset({"service_point.manage", "service_point.verify"}),
        writes=True,
    ),
    "responses:write": TokenScope(
        _("Tell what is done and needed in responses, and report on them"),
        frozenset({"response.lead", "response.report"}),
        writes=True,
    ),
    "events:write": TokenScope(_("Plan events and keep them true"), frozenset({"event.manage"}), writes=True),
    "attendance:write": TokenScope(
        _("Register people for events and note who came"), frozenset({"attendance.record"}), writes=True
    ),
    "territory:write": TokenScope(
        _("Keep holidays and changes of codes"), frozenset({"territory.manage"}), writes=True
    ),
    "people:read": TokenScope(_("Read people, their roles and contacts"), frozenset({"person.read"})),
    "people:write": TokenScope(
        _("Register people and change their details"), frozenset({"person.read", "person.manage"}), writes=True
    ),
    "imports:write": TokenScope(_("Import files, of what its other scopes may write"), own=SENDING, writes=True),
    "notices:read": TokenScope(_("Read your own notices"), own=frozenset({"notice.read"}), personal=True),
    "notices:write": TokenScope(
        _("Mark your own notices as read, and say how you are told"),
        own=frozenset({"notice.read", "notice.open"}),
        writes=True,
        personal=True,
    ),
    "grants:read": TokenScope(_("Read who may do what"), frozenset({"grant.read"})),
    "audit:read": TokenScope(_("Read the record of acts"), frozenset({"audit.read"})),
    "threads:write": TokenScope(_("Link records into a chain"), frozenset({"thread.link"}), writes=True),
}


def permissions_of(scopes: Iterable[str], *, personal: bool = True) -> frozenset[str]:
    """All that these scopes let through; a code that is no scope any more lets nothing through, nor does one that is
    for a person alone where the token is not `personal`.
    """
    found = [TOKEN_SCOPES[code] for code in scopes if code in TOKEN_SCOPES]
    return frozenset(p for scope in found if personal or not scope.personal for p in scope.permissions | scope.own)
