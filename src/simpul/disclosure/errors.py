"""Why a table can't be protected or a release not made."""

from simpul.kernel.errors import SimpulError


class Refused(SimpulError):
    """Nothing was published. `code` names the reason; the message says it to an operator, without any count.

    Codes: unreadable_table, unknown_column, reserved_label, negative_count, too_large, overflow, not_protectable,
    wrong_certificate, broken_ledger, published_already, gap, busy.
    """

    def __init__(self, code: str, message: str = "") -> None:
        super().__init__(f"{code}: {message}" if message else code)
        self.code = code
        self.message = message
