"""Who reads the record of acts: nobody of the cast is its auditor, the operator as little as the others."""

from simpul.audit.queries import acts_for
from tests.matrix import DENIED, LOGIN, Row, Surface, row, surface

ROWS: list[Row] = [
    row("audit:acts", default=DENIED, publik=LOGIN),
]
SURFACES: list[Surface] = [
    surface("acts_for", lambda actor, cast: acts_for(actor).exists(), default=False),
]
