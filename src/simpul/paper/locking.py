"""A PDF that opens with a password alone: AES-256, in memory."""

from io import BytesIO


def lock_pdf(pdf: bytes, password: str) -> bytes:
    """ValueError for an empty password: what is not locked must not look locked."""
    if not password:
        raise ValueError("a password is needed")
    from pypdf import PdfReader, PdfWriter  # inline: slow import

    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf)))
    writer.encrypt(user_password=password, algorithm="AES-256")
    out = BytesIO()
    writer.write(out)
    return out.getvalue()
