"""Writes of grants, and what is composed of accounts, people and grants."""

from simpul.access.services.devices import sign_out_device, sign_out_session
from simpul.access.services.enrolment import Enrolled, enrol_volunteer
from simpul.access.services.grants import end_grant, grant_role
from simpul.access.services.recovery import confirm_recovery, open_recovery, use_recovery

__all__ = [
    "Enrolled",
    "confirm_recovery",
    "end_grant",
    "enrol_volunteer",
    "grant_role",
    "open_recovery",
    "sign_out_device",
    "sign_out_session",
    "use_recovery",
]
