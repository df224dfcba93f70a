"""The HXL tags of what goes out (HXL 1.1: a hashtag and its attributes, in any order), and what they mean coming in.

Hashtags are those of the dictionary alone. Attributes are the dictionary's where it has one; OWN are our own, as it
allows.
"""

import re
from collections.abc import Mapping
from typing import Final

from simpul.interop.tables import Line, words_of

# Name of a column of the import recipe -> its tag: what goes out comes in again.
LINE_TAGS: Final[Mapping[str, str]] = {
    "line": "#meta+id", "lead": "#org+prog", "implementers": "#org+impl", "partners": "#org+partner",
    "funders": "#org+funder", "funder_words": "#org+funder+text", "cluster": "#sector", "cluster_code": "#sector+code",
    "sub_cluster": "#subsector", "activity": "#activity", "unit": "#output+unit", "planned": "#output+planned+num",
    "done": "#output+done+num", "province": "#adm1+name", "province_code": "#adm1+code", "regency": "#adm2+name",
    "regency_code": "#adm2+code", "district": "#adm3+name", "district_code": "#adm3+code", "village": "#adm4+name",
    "village_code": "#adm4+code", "place": "#loc+name", "starts_on": "#date+start", "ends_on": "#date+end",
    "status": "#status", "girls": "#reached+f+children", "boys": "#reached+m+children", "women": "#reached+f+adults",
    "men": "#reached+m+adults", "older_women": "#reached+f+elderly", "older_men": "#reached+m+elderly",
    "untold": "#reached+unspecified", "total": "#reached", "with_disability": "#reached+disabled",
    "as_of": "#date+reported", "note": "#description",
}  # fmt: skip
NEED_TAGS: Final[Mapping[str, str]] = {
    "line": "#meta+id", "cluster": "#sector", "cluster_code": "#sector+code", "sub_cluster": "#subsector",
    "what": "#need", "quantity": "#need+num", "unit": "#need+unit", "people": "#inneed", "province": "#adm1+name",
    "province_code": "#adm1+code", "regency": "#adm2+name", "regency_code": "#adm2+code", "district": "#adm3+name",
    "district_code": "#adm3+code", "village": "#adm4+name", "village_code": "#adm4+code", "reporter": "#org+reporting",
    "reported_on": "#date+reported", "status": "#status",
}  # fmt: skip
OWN: Final = frozenset({"partner", "unit", "planned", "done", "unspecified", "disabled", "reporting"})
# As others tag the same.
_ALSO: Final[Mapping[str, str]] = {
    "#org": "lead", "#org+lead": "lead", "#org+programme": "lead", "#org+donor": "funders", "#adm1": "province",
    "#adm2": "regency", "#adm3": "district", "#adm4": "village", "#loc": "place", "#date": "as_of",
    "#sector+name": "cluster", "#sector+cluster": "cluster", "#subsector+name": "sub_cluster",
    "#activity+name": "activity", "#reached+f+elderly": "older_women", "#reached+total": "total",
    "#reached+all": "total", "#reached+ind": "total", "#reached+f+adult": "women", "#reached+m+adult": "men",
    "#output+reached+num": "done", "#output+num": "done", "#output+type": "unit", "#meta+comment": "note",
}  # fmt: skip
_TAG: Final = re.compile(r"#[a-z][a-z0-9_]*(\s*\+\s*[a-z][a-z0-9_]*)*")


def parted(tag: str) -> tuple[str, frozenset[str]]:
    """ "#reached +children+f": its hashtag, and its attributes without their order."""
    hashtag, *attributes = (part.strip() for part in tag.strip().casefold().split("+"))
    return hashtag, frozenset(attributes)


_BY_TAG: Final = {
    parted(tag): name for tag, name in (*_ALSO.items(), *((tag, name) for name, tag in LINE_TAGS.items()))
}


def is_tags(line: Line) -> bool:
    """Whether this row holds the tags of the columns: it is no activity."""
    said = [words_of(cell) for cell in line.cells if words_of(cell)]
    return len(said) > 1 and all(_TAG.fullmatch(words.casefold()) for words in said)


def column_of(tag: str) -> str:
    """The name of the column that a tag means; "" where we keep nothing of the kind."""
    return _BY_TAG.get(parted(tag), "")
