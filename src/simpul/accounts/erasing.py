"""The end of an account: everything one signs in with, and every browser that is signed in."""

from collections.abc import Sequence
from uuid import UUID

from simpul.accounts.models import User
from simpul.accounts.services.sessions import end_sessions_of
from simpul.audit.erasers import eraser
from simpul.audit.services import note_erasures


def erase_account(user_id: UUID) -> bool:
    """Whether it was there. In the caller's transaction: address and number with their blind indexes, password, second
    factor, passkeys, devices, sessions, tokens, codes under way, and what it was told. Acts keep its id.
    """
    user = User.objects.filter(pk=user_id).first()
    if user is None:
        return False
    end_sessions_of(user)
    note_erasures(user.ref)
    user.delete()
    return True


@eraser("accounts.user")
def erase_accounts_again(ids: Sequence[UUID]) -> int:
    """Those that were erased after a backup was taken, in what was restored from it."""
    return sum(erase_account(user_id) for user_id in ids)
