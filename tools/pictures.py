"""Take the pictures of the documents from a running demo, with the system's Chromium.

    ./run --setup && ./run --port 8000                     the demo, with all of its data
    .venv/bin/python tools/pictures.py                     all of them, into docs/pictures
    .venv/bin/python tools/pictures.py network figure      these alone
    .venv/bin/python tools/pictures.py --url http://127.0.0.1:8100

Each is what a person comes to by pressing what they see; no id of the data is written here. `enrolment` enters a
volunteer called Sri into the demo, `excel` leaves a file there that nobody confirmed. A picture without the stamp DATA
CONTOH, or of more than 150 kB, is refused.
"""

import argparse
import io
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

TARGET = Path(__file__).resolve().parent.parent / "docs" / "pictures"
CHROMIUM = "/usr/bin/chromium"
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]
LARGEST = 150_000
STAMP = "DATA CONTOH"
NETWORK, PROGRAMME_FIGURE = "Jejaring Antar-Jaringan Nasional", "F1"
COMING = "Pelatihan mencatat dan merujuk kasus"
DESK = "Jaringan Masyarakat Sipil NTB (contoh)"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Picture:
    """`go` leads from the front page to what is shown; width and height are CSS pixels."""

    go: Callable[[Page], None]
    width: int
    height: int
    scale: float = 1


def home(page: Page) -> None:
    """The front page as it is."""


def directory(page: Page) -> None:
    page.goto("/jejaring/?tampilan=peta")
    map_drawn(page)


def network(page: Page) -> None:
    page.goto("/jejaring/")
    page.get_by_label("Nama", exact=True).fill(NETWORK)
    page.get_by_role("button", name="Cari", exact=True).click()
    page.get_by_role("link", name=NETWORK).first.click()
    page.get_by_role("link", name="Anggota", exact=True).click()


def relations(page: Page) -> None:
    page.goto("/jejaring/")
    page.get_by_label("Nama", exact=True).fill(NETWORK)
    page.get_by_role("button", name="Cari", exact=True).click()
    page.get_by_role("link", name=NETWORK).first.click()
    page.get_by_role("link", name="Hubungan", exact=True).click()


def at_the_desk(page: Page, part: str) -> None:
    sign_in(page, "Dewi")
    page.goto("/kelola/")
    page.get_by_role("link", name=DESK, exact=True).click()
    page.get_by_role("main").get_by_role("link", name=part, exact=True).click()


def applications(page: Page) -> None:
    at_the_desk(page, "Permohonan")


def announcement(page: Page) -> None:
    at_the_desk(page, "Pengumuman")
    page.locator("main .tasks a").first.click()


def excel(page: Page) -> None:
    """The columns of the example file, before anything of it is entered."""
    sign_in(page, "Dewi")
    page.goto("/impor/")
    sheet = page.request.get("/impor/organisations/contoh.xlsx").body()
    page.get_by_role("link", name="Pilih berkas Organisasi").click()
    page.get_by_role("radio").first.check()
    page.get_by_label("Berkasnya").set_input_files({"name": "anggota.xlsx", "mimeType": XLSX, "buffer": sheet})
    page.get_by_role("button", name="Baca berkasnya").click()
    page.get_by_role("button", name="Periksa barisnya").wait_for()


def figure(page: Page) -> None:
    sign_in(page, "Fitri")
    page.goto("/hasil/")
    page.locator(f'main a[href*="/{PROGRAMME_FIGURE}/"]').first.click()
    map_drawn(page)


def enrolment(page: Page) -> None:
    sign_in(page, "Budi")
    page.goto("/relawan/baru/")
    page.get_by_label("Siapa namanya?").fill("Sri")
    page.get_by_label("Relawan pendamping").check()
    page.get_by_role("button", name="Tampilkan kode").click()
    page.get_by_role("img", name="Kode QR").wait_for()


def passkey(page: Page) -> None:
    """The door that a finger opens."""
    page.goto("/masuk/")
    page.get_by_role("main").get_by_role("link", name="Masuk dengan kunci sandi").click()
    page.get_by_role("button", name="Pakai kunci sandi saya").wait_for()


def work(page: Page) -> None:
    sign_in(page, "Budi")


def desk(page: Page) -> None:
    sign_in(page, "Ani")
    page.goto("/kasus/")


def first_screen(page: Page) -> None:
    desk(page)
    page.get_by_role("main").get_by_role("link", name="Buka kasus", exact=True).click()
    page.get_by_role("heading", name="Buka kasus", level=1).wait_for()


def tasks(page: Page) -> None:
    """A case that was received and not sorted yet."""
    desk(page)
    page.locator("main .cases li").filter(has_text="Diterima").get_by_role("link").first.click()
    page.get_by_role("link", name="Rencanakan layanan").wait_for()


def calendar(page: Page) -> None:
    """This month: what is held, and where."""
    page.goto("/kegiatan/?tampilan=bulan")


def invitations(page: Page) -> None:
    """Who was asked, by name or as an organisation, and who has not answered."""
    sign_in(page, "Eko")
    page.goto("/kelola/kegiatan/")
    page.get_by_role("link", name=COMING, exact=True).click()
    page.get_by_role("main").get_by_role("link", name="Undangan", exact=True).click()
    page.get_by_role("heading", level=1).get_by_text("undangan").wait_for()


def gaps(page: Page) -> None:
    """A flood: the needs that nobody is on, on the map."""
    page.goto("/tanggap/")
    page.locator("main .cards a").first.click()
    map_drawn(page)


PICTURES = {
    "home": Picture(home, 1200, 800),
    "directory": Picture(directory, 1200, 1000),
    "network": Picture(network, 1200, 1000),
    "figure": Picture(figure, 1200, 1000),
    "enrolment": Picture(enrolment, 360, 740, scale=2),
    "passkey": Picture(passkey, 360, 500, scale=2),
    "work": Picture(work, 360, 740, scale=2),
    "relations": Picture(relations, 1200, 900),
    "excel": Picture(excel, 1200, 900),
    "applications": Picture(applications, 1200, 800),
    "announcement": Picture(announcement, 360, 740, scale=2),
    "desk": Picture(desk, 360, 1220, scale=2),
    "first-screen": Picture(first_screen, 360, 740, scale=2),
    "tasks": Picture(tasks, 360, 740, scale=2),
    "calendar": Picture(calendar, 1200, 1000),
    "invitations": Picture(invitations, 360, 900, scale=2),
    "gaps": Picture(gaps, 1200, 1560),
}


def sign_in(page: Page, name: str) -> None:
    page.get_by_role("button", name=f"Masuk sebagai {name}", exact=True).click()
    page.get_by_role("heading", level=1).wait_for()


def map_drawn(page: Page) -> None:
    page.locator(".leaflet-interactive").first.wait_for(timeout=20_000)


def take(browser: Browser, url: str, picture: Picture) -> bytes:
    """WebP of the window. SystemExit where it is not the demo's, or too large."""
    size = {"width": picture.width, "height": picture.height}
    context = browser.new_context(
        base_url=url, viewport=size, device_scale_factor=picture.scale, locale="id-ID", reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto("/")
    picture.go(page)
    page.wait_for_load_state("networkidle")
    if not page.get_by_text(STAMP).first.is_visible():
        sys.exit(f"{page.title()}: there is no stamp {STAMP} on this page. Is that the demo?")
    drawn = Image.open(io.BytesIO(page.screenshot()))
    context.close()
    packed = io.BytesIO()
    drawn.convert("RGB").save(packed, "WEBP", quality=85, method=6)
    if packed.tell() > LARGEST:
        sys.exit(f"A picture of {packed.tell()} bytes is too large: at most {LARGEST}.")
    return packed.getvalue()


def main() -> None:
    parser = argparse.ArgumentParser(description="Take the pictures of the documents from a running demo.")
    parser.add_argument("names", nargs="*", choices=[[], *PICTURES], help="those alone; otherwise all")
    parser.add_argument("--url", default="http://127.0.0.1:8000", help="where the demo is served")
    options = parser.parse_args()
    TARGET.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        for name in options.names or PICTURES:
            packed = take(browser, options.url, PICTURES[name])
            (TARGET / f"{name}.webp").write_bytes(packed)
            print(f"{name}.webp  {len(packed) // 1000} kB")
        browser.close()


if __name__ == "__main__":
    main()
