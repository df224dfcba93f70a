"""Nobody gains or loses a role unnoticed."""

from datetime import timedelta

from django.urls import reverse

from simpul.access.models import Grant
from simpul.access.services.grants import end_grant, grant_role
from simpul.notices.models import Notice
from tests.cast import BUILDER, NOW, Cast

LATER = NOW + timedelta(days=10)


def given(cast: Cast) -> Grant:
    """Budi makes Ani a facilitator's hand: another companion's role would overlap."""
    assert cast.ani.person is not None
    grant = Grant.objects.get(person=cast.ani.person)
    end_grant(BUILDER, grant, reason="pindah", now=LATER)
    return grant_role(
        cast.budi.actor, cast.ani.person, role="companion", organisation=cast.lentera, reason="kembali", now=LATER
    )


def test_who_is_given_a_role_is_told_and_led_to_it(cast: Cast) -> None:
    grant = given(cast)
    notice = Notice.objects.get()
    assert (notice.kind, notice.about, notice.params) == ("access.role_given", grant.ref, {"day": "2025-02-17"})
    assert [r.user for r in notice.recipients.all()] == [cast.ani.user]
    browser = cast.ani.client()
    assert "Anda diberi peran" in browser.get("/pemberitahuan/").content.decode()
    answer = browser.post(reverse("notices:notice", args=[notice.recipients.get().pk]))
    assert answer.headers["Location"] == reverse("access:grant", args=[grant.pk])
    assert browser.get(answer.headers["Location"]).status_code == 200


def test_who_loses_one_is_told_once(cast: Cast) -> None:
    grant = given(cast)
    Notice.objects.all().delete()
    until = LATER + timedelta(days=5)
    for _ in range(2):
        end_grant(cast.budi.actor, grant, reason="selesai", now=until)
    notice = Notice.objects.get()
    assert (notice.kind, notice.params) == ("access.role_ended", {"day": "2025-02-22"})


def test_what_the_platform_or_oneself_does_is_told_to_nobody(cast: Cast) -> None:
    grant = Grant.objects.get(person=cast.ani.person)
    end_grant(cast.ani.actor, grant, reason="berhenti", now=LATER)
    other = Grant.objects.get(person=cast.hasan.person)
    end_grant(BUILDER, other, reason="berhenti", now=LATER)
    assert not Notice.objects.exists()
