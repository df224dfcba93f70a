"""Sessions in the database under the HMAC of their key: who reads the table can't enter with what they find."""

from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from simpul.accounts.tokens import session_digest


class SessionStore(db.SessionStore):
    """Django's database sessions; only the primary key differs. Synchronous use only."""

    def _get_session_from_db(self) -> Session | None:
        key = self.session_key
        row = key and Session.objects.filter(session_key=session_digest(key), expire_date__gt=timezone.now()).first()
        if not row:
            self._session_key = None
        return row or None

    def exists(self, session_key: str) -> bool:
        return Session.objects.filter(session_key=session_digest(session_key)).exists()

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        row = super().create_model_instance(data)
        assert isinstance(row, Session)
        row.session_key = session_digest(row.session_key)
        return row

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key:
            Session.objects.filter(session_key=session_digest(key)).delete()
