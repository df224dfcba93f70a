"""Writes of accounts, by what they are about."""

from simpul.accounts.services.api_tokens import revoke_api_token, use_api_token
from simpul.accounts.services.device_keys import give_device_key
from simpul.accounts.services.devices import change_pin, check_kept_pin, check_pin, revoke_device, trust_device
from simpul.accounts.services.enrolments import claim_enrolment, open_enrolment
from simpul.accounts.services.identifiers import Proof, change_own_identifiers
from simpul.accounts.services.passkeys import add_passkey, check_passkey, remove_passkey, rename_passkey
from simpul.accounts.services.passwords import (
    change_password,
    check_password,
    open_password_reset,
    reset_password,
)
from simpul.accounts.services.recoveries import confirm_recovery, open_recovery, use_recovery
from simpul.accounts.services.second_factors import (
    begin_totp,
    check_code,
    confirm_totp,
    remove_totp,
    renew_recovery_codes,
)
from simpul.accounts.services.sessions import begin_session, end_session, revoke_session, touch_session
from simpul.accounts.services.users import (
    change_identifiers,
    create_user,
    deactivate_user,
    reactivate_user,
    sign_in_as_demo,
)

__all__ = [
    "Proof",
    "add_passkey",
    "begin_session",
    "begin_totp",
    "change_identifiers",
    "change_own_identifiers",
    "change_password",
    "change_pin",
    "check_code",
    "check_kept_pin",
    "check_passkey",
    "check_password",
    "check_pin",
    "claim_enrolment",
    "confirm_recovery",
    "confirm_totp",
    "create_user",
    "deactivate_user",
    "end_session",
    "give_device_key",
    "open_enrolment",
    "open_password_reset",
    "open_recovery",
    "reactivate_user",
    "remove_passkey",
    "remove_totp",
    "rename_passkey",
    "renew_recovery_codes",
    "reset_password",
    "revoke_api_token",
    "revoke_device",
    "revoke_session",
    "sign_in_as_demo",
    "touch_session",
    "trust_device",
    "use_api_token",
    "use_recovery",
]
