"""Each operation does what the pages do; their names are promises."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from urllib.parse import urlsplit

import pytest
from django.test import Client

from simpul.access.services import create_service_token
from simpul.access.token_scopes import TOKEN_SCOPES
from simpul.api.document import METHODS, document
from simpul.audit.models import Act
from simpul.organisations.models import Membership
from simpul.organisations.services.memberships import end_membership
from tests.api.conftest import Program, problem
from tests.cast import BUILDER, Cast
from tests.factories.territory import areas

pytestmark = pytest.mark.django_db
Programs = Callable[..., Program]
V1 = "/api/v1"

# Somebody's program calls these. One may be added; none is renamed, moved or taken away within version 1.
PROMISED = """
accept_applicant POST /applications/{application_id}/accept
accept_seat POST /registrations/accept
agree_to_answer POST /board-answers/{reply_id}/agree
announce_event POST /events/{event_id}/announce
answer_network POST /receipts/answer
cancel_planned_event POST /events/{event_id}/cancel
change_asked_question PATCH /consultations/{consultation_id}
change_library_item PATCH /library/{item_id}
change_membership PATCH /memberships/{membership_id}
change_organisation PATCH /organisations/{organisation_id}
change_planned_event PATCH /events/{event_id}
change_point PATCH /service-points/{point_id}
change_programme PATCH /programmes/{programme_id}
change_row PATCH /imports/{import_id}/rows/{row_id}
change_seat PUT /organisations/{organisation_id}/seat
check_points POST /applications/{application_id}/checks
clear_notices POST /notices/clear
close_call POST /networks/{network_id}/application-call/close
close_held_event POST /events/{event_id}/close
close_point PUT /service-points/{point_id}/closed
close_posted_entry POST /board/{entry_id}/close
confirm POST /memberships/{membership_id}/confirm
confirm_batch POST /imports/{import_id}/confirm
copy_event POST /events/{event_id}/copies
correct_change_of_code POST /crosswalks/{crosswalk_id}/correct
correct_programme_coverage PATCH /coverages/{coverage_id}
correct_programme_role PATCH /programme-roles/{role_id}
create_action POST /events/{event_id}/actions
create_affiliation POST /people/{person_id}/affiliations
create_announcement POST /networks/{network_id}/announcements
create_answer POST /consultations/{consultation_id}/answers
create_application POST /networks/{network_id}/applications
create_certificates POST /events/{event_id}/certificates
create_check_in POST /sessions/{session_id}/check-ins
create_confirmation POST /organisations/{organisation_id}/confirmations
create_consultation POST /consultations
create_coverage POST /programmes/{programme_id}/coverages
create_crosswalk POST /crosswalks
create_decision POST /memberships/{membership_id}/decisions
create_document POST /organisations/{organisation_id}/documents
create_entry POST /networks/{network_id}/board
create_event_input POST /events/{event_id}/inputs
create_event_outcome POST /events/{event_id}/outcomes
create_event_voice POST /events/{event_id}/voices
create_feedback POST /events/{event_id}/feedback
create_forum_stage POST /learning-forums/{forum_id}/stages
create_holiday POST /holidays
create_import POST /imports
create_library_item POST /library
create_link POST /links
create_meeting_note POST /sessions/{session_id}/meeting-notes
create_member POST /networks/{network_id}/members
create_membership POST /memberships
create_name POST /organisations/{organisation_id}/names
create_organisation POST /organisations
create_person POST /people
create_programme POST /programmes
create_programme_role POST /programmes/{programme_id}/roles
create_question_meeting POST /consultations/{consultation_id}/meetings
create_question_voice POST /consultations/{consultation_id}/voices
create_reading POST /library/{item_id}/readings
create_registration POST /events/{event_id}/registrations
create_reply POST /board/{entry_id}/answers
create_service POST /networks/{network_id}/services
create_service_point POST /service-points
create_stage POST /networks/{network_id}/readiness
create_verification POST /service-points/{point_id}/verifications
create_version POST /documents/{document_id}/versions
create_walk_in POST /sessions/{session_id}/walk-ins
decide_all_rows POST /imports/{import_id}/decisions
decide_one_row POST /imports/{import_id}/rows/{row_id}/decision
download GET /documents/{document_id}/file
drop_batch DELETE /imports/{import_id}
drop_promised POST /actions/{action_id}/drop
end POST /memberships/{membership_id}/end
end_feedback POST /events/{event_id}/feedback/close
end_programme_coverage POST /coverages/{coverage_id}/end
end_programme_role POST /programme-roles/{role_id}/end
finish_promised POST /actions/{action_id}/finish
give_up_upload DELETE /uploads/{key}
list_actions GET /actions
list_acts GET /audit
list_admissions GET /networks/{network_id}/memberships
list_announcements GET /announcements
list_applications GET /networks/{network_id}/applications
list_areas GET /areas
list_board GET /networks/{network_id}/board
list_certificates GET /events/{event_id}/certificates
list_consultations GET /consultations
list_crosswalks GET /crosswalks
list_decisions GET /memberships/{membership_id}/decisions
list_documents GET /organisations/{organisation_id}/documents
list_event_series GET /event-series
list_events GET /events
list_figures GET /figures
list_grants GET /grants
list_holidays GET /holidays
list_imports GET /imports
list_learning_forums GET /learning-forums
list_library GET /library
list_meeting_notes GET /events/{event_id}/meeting-notes
list_members GET /networks/{network_id}/members
list_members_of_organisation GET /organisations/{organisation_id}/people
list_memberships GET /organisations/{organisation_id}/memberships
list_names GET /organisations/{organisation_id}/names
list_networks_above GET /organisations/{organisation_id}/networks
list_notices GET /notices
list_organisations GET /organisations
list_parts GET /areas/{code}/parts
list_people GET /people
list_programme_roles GET /organisations/{organisation_id}/programme-roles
list_programmes GET /programmes
list_public_people GET /organisations/{organisation_id}/public-people
list_readiness GET /networks/{network_id}/readiness
list_readings GET /library/{item_id}/readings
list_recipes GET /import-recipes
list_records GET /figures/{code}/records
list_rows GET /imports/{import_id}/rows
list_scores GET /events/{event_id}/scores
list_sent_notices GET /sent-notices
list_service_points GET /service-points
list_services GET /networks/{network_id}/services
list_standings GET /networks/{network_id}/standings
list_successors GET /areas/{code}/successors
list_vocabularies GET /vocabularies
mark_announcement POST /announcements/{announcement_id}/read
move_event POST /events/{event_id}/move
note_event_held POST /events/{event_id}/hold
open_call PUT /networks/{network_id}/application-call
open_one_notice POST /notices/{notice_id}/open
plan_event POST /events
publish_library_item POST /library/{item_id}/publish
publish_question POST /consultations/{consultation_id}/publish
put_edition PUT /library/{item_id}/editions/{language}
put_event_scores PUT /events/{event_id}/scores
put_event_served PUT /events/{event_id}/served
read_action GET /actions/{action_id}
read_application GET /applications/{application_id}
read_area GET /areas/{code}
read_attendance GET /events/{event_id}/attendance
read_call GET /networks/{network_id}/application-call
read_certificate_rule GET /events/{event_id}/certificate-rule
read_consultation GET /consultations/{consultation_id}
read_distance GET /organisations/{organisation_id}/distance
read_edition GET /library/{item_id}/editions/{language}
read_entry GET /board/{entry_id}
read_event GET /events/{event_id}
read_event_actions GET /events/{event_id}/actions
read_event_results GET /events/{event_id}/results
read_event_series GET /event-series/{series_id}
read_feedback GET /events/{event_id}/feedback
read_figure GET /figures/{code}
read_grant GET /grants/{grant_id}
read_import GET /imports/{import_id}
read_learning_forum GET /learning-forums/{forum_id}
read_library_item GET /library/{item_id}
read_me GET /me
read_membership GET /memberships/{membership_id}
read_minutes GET /events/{event_id}/minutes
read_notice GET /notices/{notice_id}
read_one_announcement GET /announcements/{announcement_id}
read_organisation GET /organisations/{organisation_id}
read_paper GET /documents/{document_id}
read_person GET /people/{person_id}
read_programme GET /programmes/{programme_id}
read_receipt POST /receipts/read
read_registration POST /registrations/read
read_score_summary GET /events/{event_id}/score-summary
read_sent_notice GET /sent-notices/{notice_id}
read_service_counts GET /networks/{network_id}/service-counts
read_service_point GET /service-points/{point_id}
read_thread GET /threads/{kind}/{record_id}
read_ties GET /organisations/{organisation_id}/ties
read_upload GET /uploads/{key}
read_verdict GET /verdicts/{certificate_code}
read_wishes GET /wishes
refuse_applicant POST /applications/{application_id}/refuse
reissue_issued POST /certificates/{certificate_id}/reissue
remove_paper POST /documents/{document_id}/remove
reopen_closed_event POST /events/{event_id}/reopen
replace_action PUT /actions/{action_id}
replace_announcement PUT /announcements/{announcement_id}
replace_certificate_rule PUT /events/{event_id}/certificate-rule
replace_columns PUT /imports/{import_id}/columns
replace_contacts PUT /people/{person_id}/contacts
replace_heads PUT /sessions/{session_id}/heads
replace_meeting_note PUT /meeting-notes/{note_id}
replace_minutes PUT /events/{event_id}/minutes
replace_person PUT /people/{person_id}
replace_table PUT /imports/{import_id}/table
replace_wishes PUT /wishes
replace_words PUT /documents/{document_id}
retry_notice POST /sent-notices/{notice_id}/retry
search GET /search
send_part POST /uploads/{key}/parts
set_event_capacity PUT /events/{event_id}/capacity
start_upload PUT /uploads/{key}
step_application POST /applications/{application_id}/steps
undo_batch POST /imports/{import_id}/undo
withdraw POST /memberships/{membership_id}/withdraw
withdraw_application POST /receipts/withdraw
withdraw_change_of_code POST /crosswalks/{crosswalk_id}/withdraw
withdraw_day_off POST /holidays/{holiday_id}/withdraw
withdraw_entered_decision POST /decisions/{decision_id}/withdraw
withdraw_event_result POST /event-results/{result_id}/withdraw
withdraw_from_event POST /registrations/withdraw
withdraw_issued POST /certificates/{certificate_id}/withdraw
withdraw_library_item POST /library/{item_id}/withdraw
withdraw_logged_service POST /services/{service_id}/withdraw
withdraw_programme_coverage POST /coverages/{coverage_id}/withdraw
withdraw_programme_role POST /programme-roles/{role_id}/withdraw
withdraw_reached_stage POST /readiness/{stage_id}/withdraw
withdraw_told_stage POST /forum-stages/{stage_id}/withdraw
"""


def test_what_was_promised_is_there() -> None:
    told = {
        f"{operation['operationId']} {method.upper()} {path.removeprefix(V1)}"
        for path, methods in document("en")["paths"].items()
        for method, operation in methods.items()
        if method in METHODS
    }
    assert set(PROMISED.strip().splitlines()) - told == set()


def test_the_document_is_of_version_three_one_in_both_languages() -> None:
    english, indonesian = document("en"), document("id")
    assert english["openapi"] == "3.1.0"
    assert english["paths"].keys() == indonesian["paths"].keys()
    assert english["info"]["description"] != indonesian["info"]["description"]


def test_the_first_address_leads_to_the_reference_and_the_document(client: Client) -> None:
    answer = client.get(f"{V1}/")
    links = answer.json()["links"]
    assert {name: urlsplit(address).path for name, address in links.items()} == {
        "self": f"{V1}/", "service-doc": "/api/", "service-desc": f"{V1}/openapi.json",
    }  # fmt: skip
    assert 'rel="service-desc"' in answer.headers["Link"]
    for address in links.values():
        assert client.get(urlsplit(address).path).status_code == 200
    assert client.get(f"{V1}/", headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304


def test_every_scope_named_in_the_document_exists() -> None:
    named = {
        scope
        for methods in document("en")["paths"].values()
        for operation in methods.values()
        for option in operation["security"]
        for scope in option.get("token", [])
    }
    assert named == set(TOKEN_SCOPES)


def test_registering_makes_the_entry_once_even_without_a_key(cast: Cast, program: Programs) -> None:
    sent = {
        "id": "0198c1a2-7c3e-7b5a-9d2f-5e6f7a8b9c0d",
        "kind": "OT.T",
        "name": "Komunitas Baca",
        "founded": "2008-05",
    }
    answers = [program(cast.dewi).post(f"{V1}/organisations", sent) for _ in range(2)]
    assert [a.status_code for a in answers] == [201, 201]
    assert answers[0].headers["Location"] == f"{V1}/organisations/{sent['id']}"
    assert answers[0].json()["profile"]["founded"] == "2008-05"
    taken = problem(program(cast.dewi).post(f"{V1}/organisations", {**sent, "name": "Lain"}), 409, "id_taken")
    assert "Lain" not in str(taken)


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"sectors": ["XX"]}, "sectors", "unknown_choice"),
        ({"founded": "besok"}, "founded", "not_a_date"),
        ({"founded": "2999"}, "founded", "in_the_future"),
        ({"phone": "abc"}, "phone", "not_a_phone"),
        ({"description": {"en": "Only English"}}, "description", "indonesian_needed"),
        ({"volunteers": -1}, "volunteers", "not_a_count"),
        ({"name": "Lain"}, "name", "invalid_input"),
        ({"email": "x" * 250 + "@a.id"}, "email", "invalid_input"),
    ],
)
def test_a_wrong_value_is_told_by_its_field(
    cast: Cast, program: Programs, change: dict[str, object], field: str, code: str
) -> None:
    budi, path = program(cast.budi), f"{V1}/organisations/{cast.lentera.pk}"
    body = problem(budi.patch(path, change, If_Match=budi.get(path).headers["ETag"]), 422, code)
    assert body["field"] == field


def test_a_seat_is_an_area_that_exists(cast: Cast, program: Programs) -> None:
    areas("52.03")
    budi, path = program(cast.budi), f"{V1}/organisations/{cast.lentera.pk}"
    tag = budi.get(path).headers["ETag"]
    problem(budi.put(f"{path}/seat", {"area": "52.99"}, If_Match=tag), 422, "unknown_area")
    assert budi.put(f"{path}/seat", {"area": "52.03"}, If_Match=tag).json()["seat"]["code"] == "52.03"
    found = program().get(f"{V1}/organisations", {"area": "52"}).json()["items"]
    assert [row["id"] for row in found] == [str(cast.lentera.pk)]


def test_a_membership_from_admission_to_its_end(cast: Cast, program: Programs) -> None:
    dewi, budi = program(cast.dewi), program(cast.budi)
    sent = {"network": str(cast.network.pk), "member": str(cast.lentera.pk), "valid_from": "2024-01-01"}
    admitted = dewi.post(f"{V1}/memberships", sent).json()
    assert (admitted["is_confirmed"], admitted["role"]) == (False, "member")
    confirmed = budi.post(f"{V1}/memberships/{admitted['id']}/confirm").json()
    assert confirmed["is_confirmed"]
    problem(dewi.post(f"{V1}/memberships/{admitted['id']}/confirm"), 404)
    ended = budi.post(f"{V1}/memberships/{confirmed['id']}/end", {"valid_until": "2025-01-01", "reason": "left"}).json()
    assert (ended["valid_until"], ended["end_reason"]) == ("2025-01-01", "left")
    assert program().get(f"{V1}/memberships/{ended['id']}").json()["end_reason"] is None
    circle = {"network": str(cast.forum.pk), "member": str(cast.network.pk)}
    refused = program(cast.eko).post(f"{V1}/memberships", circle)
    assert problem(refused, 422)["code"] == "membership_circle"


def test_members_on_a_day_and_as_it_was_known(cast: Cast, program: Programs) -> None:
    row = Membership.objects.get(member=cast.lentera, superseded_at=None)
    ending = datetime(2025, 6, 1, tzinfo=UTC)
    end_membership(BUILDER, row, valid_until=date(2025, 3, 1), reason="left", now=ending)
    path = f"{V1}/networks/{cast.network.pk}/members"

    def names(**query: str) -> list[str]:
        return [row["name"] for row in program().get(path, dict(query)).json()["items"]]

    assert names(on="2025-04-01") == [cast.forum.name]
    assert names(on="2025-02-20") == [cast.forum.name, cast.lentera.name]
    assert names(on="2025-04-01", as_of="2025-05-31T00:00:00Z") == [cast.forum.name, cast.lentera.name]
    assert names(on="2025-02-20", levels="1") == [cast.forum.name]
    problem(program().get(path, {"as_of": "2025-05-31"}), 422)


def test_a_person_is_registered_read_and_changed(cast: Cast, program: Programs) -> None:
    budi = program(cast.budi)
    sent = {"organisation": str(cast.lentera.pk), "role": "treasurer", "name": "Sri", "birth_year": 1980}
    made = budi.post(f"{V1}/people", sent)
    path = made.headers["Location"]
    tag = made.headers["ETag"]
    contacts = {"phone": "0812 3456 7890"}
    changed = budi.put(f"{path}/contacts", contacts, If_Match=tag)
    assert changed.json()["contacts"]["phone"] == "+6281234567890"
    problem(budi.put(path, {"name": "Sri Dewi"}, If_Match=tag), 412)
    renamed = budi.put(path, {"name": "Sri Dewi"}, If_Match=changed.headers["ETag"]).json()
    assert (renamed["name"], renamed["birth_year"]) == ("Sri Dewi", None)
    problem(program(cast.hasan).get(path), 404)
    problem(program(cast.budi, []).get(path), 403, "scope_needed")
    problem(program(cast.budi, ["people:read"]).put(path, {"name": "X"}, If_Match=tag), 403, "scope_needed")
    assert "812" not in str(list(Act.objects.values_list("details", flat=True)))


def test_the_public_is_told_no_names_of_people(cast: Cast, program: Programs) -> None:
    assert program().get(f"{V1}/organisations/{cast.lentera.pk}/public-people").json() == []
    problem(program().get(f"{V1}/organisations/{cast.lentera.pk}/people"), 401)
    assert program(cast.hasan).get(f"{V1}/organisations/{cast.lentera.pk}/people").json()["items"] == []
    assert len(program(cast.budi).get(f"{V1}/organisations/{cast.lentera.pk}/people").json()["items"]) == 2


def test_a_service_token_reads_the_people_of_its_organisation_alone(cast: Cast, program: Programs) -> None:
    assert cast.dewi.user
    _, secret = create_service_token(
        cast.dewi.actor, cast.dewi.user, cast.network, name="situs", scopes=["people:read"], days=1,
        now=datetime.now(UTC),
    )  # fmt: skip
    names = [row["name"] for row in Program(secret).get(f"{V1}/people").json()["items"]]
    assert names == ["Dewi", "Fitri", "Gede"]


def test_records_are_linked_and_the_chain_is_read(cast: Cast, program: Programs) -> None:
    kind = "organisations.organisation"
    ends = {"source": {"kind": kind, "id": str(cast.lentera.pk)}, "target": {"kind": kind, "id": str(cast.forum.pk)}}
    made = program(cast.budi).post(f"{V1}/links", {**ends, "relation": "follows"})
    assert made.status_code == 201
    knots = program().get(f"{V1}/threads/{kind}/{cast.forum.pk}").json()
    assert [(knot["title"], knot["level"]) for knot in knots] == [(cast.lentera.name, -1), (cast.forum.name, 0)]
    problem(program(cast.budi).post(f"{V1}/links", {**ends, "relation": "hates"}), 422, "unknown_relation")


def test_codes_have_words_in_both_languages(program: Programs) -> None:
    told = program().get(f"{V1}/vocabularies").json()
    assert {"code": "PDK", "words": {"id": "Pendidikan", "en": "Education"}} in told["sector"]
    assert all(term["words"]["id"] and term["words"]["en"] for terms in told.values() for term in terms)
