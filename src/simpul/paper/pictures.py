"""QR codes for print."""

from io import BytesIO


def qr_svg(text: str) -> str:
    """An SVG of the code, black on white, readable with a quarter of it torn or wet."""
    import segno  # inline: slow import

    out = BytesIO()
    segno.make(text, micro=False, error="q").save(out, kind="svg", border=4, xmldecl=False, nl=False)
    return out.getvalue().decode()
