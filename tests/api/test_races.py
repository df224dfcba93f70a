"""The same key sent twice at once: one write, one answer."""

import json
from datetime import UTC, datetime

import pytest
from django.test import Client

from simpul.access.services import create_personal_token
from simpul.access.token_scopes import TOKEN_SCOPES
from simpul.organisations.models import Organisation
from tests.cast import build_cast
from tests.racing import at_once

BODY = json.dumps({"kind": "OT.T", "name": "Komunitas Serentak"})


@pytest.mark.racing
@pytest.mark.usefixtures("raced")
def test_the_same_key_at_once_writes_once() -> None:
    dewi = build_cast().dewi
    assert dewi.user
    now = datetime.now(UTC)
    secret = create_personal_token(dewi.actor, dewi.user, name="tes", scopes=list(TOKEN_SCOPES), days=1, now=now)[1]
    headers = {"Authorization": f"Bearer {secret}", "Idempotency-Key": "sama"}

    def send() -> tuple[int, bytes]:
        answer = Client().post("/api/v1/organisations", BODY, content_type="application/json", headers=headers)
        return answer.status_code, answer.content

    answers = at_once(send, send, send)
    assert Organisation.objects.filter(name="Komunitas Serentak").count() == 1
    assert len(set(answers)) == 1, answers
    assert answers[0][0] == 201  # type: ignore[index]
