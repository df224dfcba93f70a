"""The case desk and the public form without a mouse: every stop is come to, seen, and left again."""

from collections.abc import Sequence

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from tests.browser.arriving import arrived
from tests.browser.conftest import DESK, PHONE, Screen, opened
from tests.browser.tabbing import tabbed
from tests.browser.test_desk import sits_down
from tests.cast import Cast
from tests.factories.cases import make_case, victim_of
from tests.factories.complaints import VILLAGE, complain, works_in
from tests.factories.referrals import make_office, make_referral

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def faults(page: Page, paths: Sequence[str]) -> dict[str, list[str]]:
    found = {}
    for path in paths:
        page.goto(path)
        found[path] = tabbed(page)
    return {path: wrong for path, wrong in found.items() if wrong}


@pytest.mark.parametrize("screen", [PHONE, DESK], ids=["phone", "desk"])
def test_the_desk_is_walked_by_keyboard(chromium: Browser, site: str, cast: Cast, screen: Screen) -> None:
    case = make_case(cast.lentera, victim={"name": "Inaq Contohwati", "age_stated": 61, "sex": "P"})
    referral = make_referral(cast, case=case)
    works_in(cast.lentera, VILLAGE)
    paths = [reverse(f"cases:{name}", args=[case.pk]) for name in ("case", "service", "help", "seen", "close")]
    paths += ["/kasus/", "/kasus/baru/", reverse("cases:consent", args=[victim_of(case).pk])]
    paths += [reverse("referral:one", args=[referral.pk]), reverse("inbox:complaint", args=[complain().pk])]
    with opened(chromium, site, screen) as page:
        sits_down(page, site, cast.budi)
        assert faults(page, paths) == {}


def test_somebody_tells_what_happened_by_keyboard(chromium: Browser, site: str, cast: Cast) -> None:
    """Each step walked, answered and sent without a mouse; the receipt is come to in the same way."""
    works_in(cast.lentera, VILLAGE)
    with opened(chromium, site, PHONE) as page:
        assert faults(page, ["/adu/"]) == {}
        page.get_by_role("button", name="Mulai").focus()
        page.keyboard.press("Enter")
        for title in ("Ini tentang siapa?", "Bagaimana kami boleh", "Di mana, dan soal apa?", "Apa yang terjadi?"):
            assert tabbed(arrived(page, title)) == []
            page.get_by_role("button", name="Lanjut", exact=True).focus()
            page.keyboard.press("Enter")
        assert tabbed(arrived(page, "Periksa, lalu kirim")) == []
        page.get_by_role("button", name="Kirim", exact=True).focus()
        page.keyboard.press("Enter")
        assert tabbed(arrived(page, "Sudah sampai.")) == []


def test_a_form_that_comes_back_is_taken_up_where_it_is_wrong(chromium: Browser, site: str, cast: Cast) -> None:
    """The summary has the focus, its first line leads into the field; from the top one skips to the content."""
    office, case = make_office(cast), make_case(cast.lentera)
    with opened(chromium, site, PHONE, ["422"]) as page:
        sits_down(page, site, cast.budi)
        page.goto(reverse("referral:draft", args=[case.pk]))
        page.keyboard.press("Tab")
        expect(page.locator(".skip")).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.locator("#isi")).to_be_focused()
        page.goto(reverse("referral:draft", args=[case.pk]))
        page.get_by_label("Lembaga yang mana?").select_option(str(office.pk))
        page.get_by_role("button", name="Lanjut ke pengiriman").focus()
        page.keyboard.press("Enter")
        expect(page.locator(".error-summary")).to_be_focused()
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.get_by_label("Apa yang Anda minta dari lembaga itu?")).to_be_focused()


def test_what_a_keyboard_would_miss_is_found(chromium: Browser, site: str, cast: Cast) -> None:
    """A stop without a ring, one that lies behind something, and one that is never come to."""
    with opened(chromium, site, PHONE) as page:
        page.goto("/kerahasiaan/")
        assert tabbed(page) == []
        page.evaluate(
            """() => {
            const add = (id) => {
                const made = document.createElement('button');
                made.id = made.textContent = id;
                document.querySelector('main').append(made);
                return made;
            };
            add('ringless').style.outline = 'none';
            add('skipped').tabIndex = -1;
            const cover = document.createElement('div');
            for (const part of [add('covered'), cover]) part.style.cssText = 'position:fixed;inset:0;width:100%';
            document.querySelector('main').append(cover);
        }"""
        )
        wrong = tabbed(page)
        assert "no ring: ringless" in wrong
        assert "not come to: skipped" in wrong
        assert "hidden: covered" in wrong
