"""Writing the public facts through the services."""

from datetime import UTC, date, datetime
from functools import partial

from simpul.demo.keys import key_of, organisation
from simpul.demo.public.organisations import PROGRAMMES, PUBLIC, RENAMED_BECAUSE, PublicOrganisation, PublicProgramme
from simpul.demo.steps import DEMO, Step
from simpul.kernel.localized import LocalizedText
from simpul.kernel.time import PartialDate
from simpul.organisations.services.coverage import cover_area
from simpul.organisations.services.names import rename_organisation
from simpul.organisations.services.places import add_working_area
from simpul.organisations.services.profiles import change_profile
from simpul.organisations.services.programme_roles import assign_role
from simpul.organisations.services.programmes import start_programme
from simpul.organisations.services.registration import register_organisation
from simpul.territory.queries.areas import area

# When the facts were entered: what is asked about an earlier day as known then finds none of them.
ENTERED = datetime(2022, 1, 10, 3, tzinfo=UTC)


def steps() -> list[Step]:
    organisations = [Step(f"public/{one.key}", partial(_organisation, one)) for one in PUBLIC]
    programmes = [Step(f"public/programme/{one.key}", partial(_programme, one)) for one in PROGRAMMES]
    return organisations + programmes


def _date(text: str) -> PartialDate | None:
    return PartialDate.parse(text) if text else None


def _pairs(texts: tuple[tuple[str, str], ...]) -> list[dict[str, str]]:
    return [{"id": indonesian, "en": english} for indonesian, english in texts]


def _organisation(one: PublicOrganisation) -> None:
    (name, acronym, since, _until), *later = one.names
    made = register_organisation(
        DEMO, kind=one.kind, name=name, acronym=acronym, seat=area(one.seat) if one.seat else None,
        founded=_date(one.founded), named_since=_date(since), now=ENTERED, id=key_of(f"organisation/{one.key}"),
    )  # fmt: skip
    for new_name, new_acronym, new_since, _end in later:
        start = PartialDate.parse(new_since)
        rename_organisation(DEMO, made, name=new_name, acronym=new_acronym, since=start, now=ENTERED)
    made.refresh_from_db()
    changes: dict[str, object] = {
        "sectors": list(one.sectors),
        "principles": _pairs(one.principles),
        "activity_forms": _pairs(one.activity_forms),
    }
    about = dict(zip(("id", "en"), one.description, strict=True)) if one.description else {}
    source = {"id": f"Sumber: {one.source}.", "en": f"Source: {one.source}."}
    reason = dict(zip(("id", "en"), RENAMED_BECAUSE, strict=True)) if later else {}
    lines = {lang: " ".join(filter(None, (about.get(lang), reason.get(lang), source[lang]))) for lang in source}
    changes["description"] = LocalizedText(lines)
    change_profile(DEMO, made, changes=changes, seen_version=made.version, now=ENTERED)
    for code in one.working_areas:
        add_working_area(DEMO, made, area=area(code), now=ENTERED)


def _programme(one: PublicProgramme) -> None:
    owner, start = organisation(one.roles[0][0]), date(int(one.start), 1, 1)
    programme = start_programme(
        DEMO, owner, name=LocalizedText(id=one.name[0], en=one.name[1]), acronym=one.acronym, funder=one.funder,
        valid_from=start, now=ENTERED, programme_id=key_of(f"programme/{one.key}"),
    )  # fmt: skip
    for code in one.areas:
        cover_area(DEMO, programme, area=area(code), valid_from=start, now=ENTERED)
    for key, role in one.roles:
        assign_role(DEMO, programme, organisation=organisation(key), role=role, valid_from=start, now=ENTERED)
