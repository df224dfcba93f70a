"""Somebody signs with a finger: the line is kept with the consent, and shown to whoever sees the case."""

import io
from datetime import timedelta

import pytest
from django.utils import timezone
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from simpul.cases.models import Consent
from tests.browser.arriving import arrived, fits
from tests.browser.axe import violations
from tests.browser.conftest import DESK, PHONE_DARK, Screen, opened
from tests.browser.test_desk import sits_down
from tests.cast import Cast
from tests.factories.cases import make_case, victim_of, village

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LINE = ((20, 100), (60, 40), (90, 120), (140, 60), (220, 90))


def draw(page: Page) -> None:
    """Pointer down, across the pad, and up."""
    pad = page.locator("canvas.pad")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    assert box is not None
    first, *others = [(box["x"] + x, box["y"] + y) for x, y in LINE]
    page.mouse.move(*first)
    page.mouse.down()
    for point in others:
        page.mouse.move(*point, steps=4)
    page.mouse.up()
    expect(page.locator("[data-signature] [role=status]").first).to_contain_text("Sudah ditandatangani")


def dark_dots(picture: bytes) -> int:
    return sum(Image.open(io.BytesIO(picture)).convert("L").histogram()[:128])


@pytest.mark.parametrize("screen", [PHONE_DARK, DESK], ids=["phone", "desk"])
def test_a_signature_drawn_on_the_screen_is_kept_and_shown(
    chromium: Browser, site: str, cast: Cast, screen: Screen
) -> None:
    village()
    party = victim_of(make_case(cast.lentera, now=timezone.now()))
    with opened(chromium, site, screen) as page:
        sits_down(page, site, cast.ani)
        page.goto(f"/kasus/orang/{party.pk}/persetujuan/")
        arrived(page, "Persetujuan")
        page.locator("[name=capacity][value=self]").check()
        page.locator("[name=purposes][value=record]").check()
        page.locator("[name=manner][value=spoken]").check()
        expect(page.locator("canvas.pad")).to_be_hidden()
        page.locator("[name=manner][value=signature]").check()
        expect(page.locator("canvas.pad")).to_be_visible()
        page.locator("[name=expires_on]").fill((timezone.localdate() + timedelta(days=30)).isoformat())
        draw(page)
        page.get_by_role("button", name="Ulangi tanda tangan").click()
        draw(page)
        assert violations(page) == []
        assert fits(page)
        page.get_by_role("button", name="Simpan", exact=True).click()
        arrived(page, "Orang")
        assert (Consent.objects.get().manner, fits(page), violations(page)) == ("signature", True, [])
        shown = page.request.get(page.get_by_role("link", name="Tanda tangannya").get_attribute("href") or "")
        assert (shown.status, shown.headers["content-type"]) == (200, "image/png")
        assert dark_dots(shown.body()) > 500  # a line was drawn, and not twice over the first
