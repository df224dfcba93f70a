"""`python -m simpul` is the same as `simpul`."""

import sys

from simpul.config.cli import main

sys.exit(main())
