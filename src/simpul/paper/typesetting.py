"""From a template of this package and some values to a PDF or a picture, in memory: nothing touches the disk.

The typesetter is loaded at first use: it is big, and most processes never print.
"""

import json
from collections.abc import Mapping
from importlib.resources import as_file, files
from typing import Any, Final, Literal

_PACKAGE: Final = files("simpul.paper")


def typeset(template: str, values: Mapping[str, Any], form: Literal["pdf", "png"] = "pdf") -> bytes:
    """The PDF of `templates/<template>.typ`, which reads `values` as JSON. FileNotFoundError for an unknown template.

    A picture has one pixel a point.

    The same values give the same bytes. Values are data to the template: what looks like markup in them is printed.
    """
    source = _PACKAGE.joinpath("templates", f"{template}.typ").read_bytes()
    import typst  # inline: slow import

    compiled: Any = typst.compile

    with as_file(_PACKAGE.joinpath("fonts")) as fonts:
        printed = compiled(
            source,
            font_paths=[str(fonts)],
            ignore_system_fonts=True,
            sys_inputs={"values": json.dumps(values, ensure_ascii=False)},
            timestamp=0,
            format=form,
            ppi=72,
        )
    if not isinstance(printed, bytes):
        raise TypeError("a template makes one document")
    return printed
