"""Who a session belongs to. Getting in is `services.check_password`, `check_pin` and `check_code`."""

from uuid import UUID

from django.contrib.auth.backends import BaseBackend

from simpul.accounts.models import User


class ActiveUsers(BaseBackend):
    """Finds the account of a session while it is open. Permissions come from `access`, never from here."""

    def get_user(self, user_id: UUID) -> User | None:
        return User.objects.filter(pk=user_id, is_active=True).first()
