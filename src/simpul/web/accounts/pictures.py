"""QR codes as pictures within the page: no request of their own, so no address of theirs in a log."""


def qr_data_uri(text: str) -> str:
    """For `<img src>`: black on white, in both themes, with the quiet zone that readers need."""
    import segno  # inline: slow import

    code = segno.make(text, micro=False, error="m")
    return str(code.svg_data_uri(scale=5, border=4, dark="#000", light="#fff"))
