"""Why a table can't be protected or a release not made."""

from simpul.kernel.errors import SimpulError


class Refused(SimpulError):
    """Nothing was published. `code` names the reason; the message says it to an operator, without any count.

    Codes of a table: unreadable_table, unknown_column, reserved_label, negative_count, too_large, overflow,
    not_protectable. Of a chain: wrong_certificate, broken_ledger, published_already, busy, stale, unreadable_data.
    Of a book: wrong_outline, changed_outline, unknown_tier, unknown_period, unknown_label, unknown_cell,
    negative_correction, changed_batch, closed_period, gap, below_threshold, would_reveal.
    """

    def __init__(self, code: str, message: str = "") -> None:
        super().__init__(f"{code}: {message}" if message else code)
        self.code = code
        self.message = message
