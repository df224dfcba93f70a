"""What every page knows is known under names that no page uses for something else."""

import re
from pathlib import Path

from django.http import HttpRequest

from simpul.web import context

WEB = Path(context.__file__).parent


def test_no_page_takes_a_name_of_the_frame() -> None:
    """The header would draw a page's list of organisations as the places one can go. Fields of forms are no names."""
    names = "|".join(context.page(HttpRequest()))
    taken = re.compile(rf'"({names})":')
    files = {path: path.read_text() for path in WEB.rglob("*.py") if path.name not in {"context.py", "forms.py"}}
    assert "views.py" in {path.name for path in files}
    found = {str(path.relative_to(WEB)): match[1] for path, text in files.items() if (match := taken.search(text))}
    assert found == {}
