"""Record what the browser is given from elsewhere: `python tools/vendored.py` recomputes the hashes of the manifest.

`web/static/vendor/MANIFEST.json` lists each library with its version, licence, source and files. Add a library by hand
(with its files' paths from `src/simpul/web/static` or `tests/browser`), run this, and mention it in THIRD_PARTY.md.
"""

import hashlib
import json
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MANIFEST = ROOT / "src/simpul/web/static/vendor/MANIFEST.json"


def main() -> None:
    libraries = json.loads(MANIFEST.read_text(encoding="utf-8"))
    for library in libraries:
        library["files"] = {
            path: hashlib.sha256((ROOT / path).read_bytes()).hexdigest() for path in sorted(library["files"])
        }
    MANIFEST.write_text(json.dumps(libraries, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
