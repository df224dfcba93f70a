"""A workbook that opens with a password alone: AES-256 as Excel itself writes it, in memory."""

from io import BytesIO


def lock_xlsx(workbook: bytes, password: str) -> bytes:
    """ValueError for an empty password: what is not locked must not look locked."""
    if not password:
        raise ValueError("a password is needed")
    from msoffcrypto.format.ooxml import OOXMLFile  # inline: slow import

    out = BytesIO()
    OOXMLFile(BytesIO(workbook)).encrypt(password, out)
    return out.getvalue()
