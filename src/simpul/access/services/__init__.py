"""Writes of grants, and what is composed of accounts, people and grants."""

from simpul.access.services.devices import sign_out_device, sign_out_session
from simpul.access.services.emergencies import (
    break_glass,
    close_glass,
    end_deputy,
    name_deputy,
    open_by_number,
)
from simpul.access.services.enrolment import Enrolled, enrol_volunteer
from simpul.access.services.grants import end_grant, grant_role
from simpul.access.services.recovery import confirm_recovery, open_recovery, use_recovery
from simpul.access.services.tokens import create_personal_token, create_service_token, revoke_service_token

__all__ = [
    "Enrolled",
    "break_glass",
    "close_glass",
    "confirm_recovery",
    "create_personal_token",
    "create_service_token",
    "end_deputy",
    "end_grant",
    "enrol_volunteer",
    "grant_role",
    "name_deputy",
    "open_by_number",
    "open_recovery",
    "revoke_service_token",
    "sign_out_device",
    "sign_out_session",
    "use_recovery",
]
