"""Writes docs/privacy: the papers on personal data as the program prints them, with nobody's name in them."""

import os
from datetime import date
from pathlib import Path

import django


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "simpul.config.settings")
    django.setup()
    from simpul.web.cases.rights.filling import LANGUAGES, PAPERS, filled  # inline: app ready

    for language in LANGUAGES:
        folder = Path(__file__).parent.parent / "docs" / "privacy" / language
        folder.mkdir(parents=True, exist_ok=True)
        for paper in PAPERS:
            (folder / f"{paper}.md").write_text(filled(paper, language, None, on=date(2026, 1, 1)), "utf-8")


if __name__ == "__main__":
    main()
