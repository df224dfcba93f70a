"""What can go wrong with keys and sealed values. Messages say what to do; none holds a key or what was sealed."""


class VaultError(Exception):
    """Base of them all. Not a domain error: a person using a page can mend none of these, the operator can."""


class RingMissing(VaultError):
    """There is no key ring."""


class RingUnsafe(VaultError):
    """Others than its owner can read the ring's file."""


class RingBroken(VaultError):
    """The ring can't be read, or its keys are weak."""


class UnknownKey(VaultError):
    """The ring lacks the key a value was sealed with."""


class Tampered(VaultError):
    """The value was changed, or moved here from another row, column or table, or its key is another of that name."""


class NotBound(VaultError):
    """A sealed value without its row: it came from values() or from another object."""


class SealedUse(VaultError, TypeError):
    """The database was asked to do with an encrypted column what only an opened value allows."""
