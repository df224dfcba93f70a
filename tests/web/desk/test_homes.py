"""What each of the cast finds on their home, and what they must not find there."""

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from simpul.access.queries import actor_for
from simpul.access.services import enrol_volunteer, grant_role, open_recovery
from simpul.audit.models import Act
from simpul.audit.services import record
from simpul.kernel.actor import System
from simpul.kernel.time import Zone, local_date
from simpul.organisations.kinds import OrganisationKind
from simpul.organisations.models import Membership, Organisation
from simpul.organisations.presets import Preset
from simpul.organisations.services.coverage import cover_area
from simpul.organisations.services.memberships import admit_member
from simpul.organisations.services.node import Headlines, change_node, open_node
from simpul.organisations.services.service_points import verify_service_point
from simpul.organisations.services.standing import confirm_active
from simpul.vault.services.exports import export_ring
from tests.cast import MEMBERS, NOW, Cast, Played
from tests.factories.networks import make_programme
from tests.factories.organisations import make_organisation, make_service_point, someone
from tests.factories.territory import areas

pytestmark = pytest.mark.django_db
SYSTEM = System("test")
MOST_QUERIES = 12


def home(played: Played) -> str:
    response = played.client().get("/")
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode())


def today() -> date:
    return local_date(datetime.now(UTC), Zone.WIB)


def seated(organisation: Organisation, code: str) -> None:
    Organisation.objects.filter(pk=organisation.pk).update(seat=areas(code)[-1])


def busy(cast: Cast) -> None:
    """Every card has something on it."""
    now = datetime.now(UTC)
    seated(cast.lentera, "52.03.05.2008")
    seated(cast.other_group, "52.03.05.2008")
    for owner in (cast.lentera, cast.uptd, cast.agency):
        for _ in range(3):
            make_service_point(owner, "52.03")
    make_service_point(cast.uptd, "52.03", address="Jalan Rahasia", address_public=False)
    secretary = someone(cast.network, "membership.manage")
    for _ in range(3):
        admit_member(secretary, cast.network, member=make_organisation(), now=NOW)
        admit_member(SYSTEM, cast.forum, member=make_organisation(), now=NOW)
    admit_member(secretary, cast.network, member=cast.lentera, now=NOW)
    enrol_volunteer(cast.budi.actor, organisation=cast.lentera, name="Rohani", now=now)
    assert cast.ani.person is not None
    assert cast.ani.user is not None
    open_recovery(cast.budi.actor, cast.ani.person, now=now)
    programme = make_programme(valid_until=None)
    cover_area(SYSTEM, programme, area=areas("52.03")[-1], valid_from=date(2020, 1, 1), now=NOW)
    node = open_node(SYSTEM, host=cast.network, preset=Preset.NETWORK, now=NOW)
    headlines = Headlines(programme=programme, network=cast.network, organisation=cast.network)
    change_node(SYSTEM, node, version=1, pillars=node.pillars, complaints_to=None, headlines=headlines)


def asked_by(played: Played) -> list[str]:
    """The queries of a home in the middle of a day's work; savepoints are the test's own transaction."""
    client = played.client()
    client.get("/")
    with CaptureQueriesContext(connection) as queries:
        client.get("/")
    return [q["sql"] for q in queries if "SAVEPOINT" not in q["sql"]]


@pytest.mark.parametrize("key", MEMBERS)
def test_home_asks_little_of_the_database(cast: Cast, key: str) -> None:
    busy(cast)
    asked = asked_by(getattr(cast, key))
    assert len(asked) <= MOST_QUERIES, "\n".join(sql[:160] for sql in asked)


@pytest.mark.parametrize("key", MEMBERS)
def test_home_leads_nowhere_that_is_not_there(cast: Cast, key: str) -> None:
    busy(cast)
    played = getattr(cast, key)
    main = home(played).split("<main")[1].split("</main>")[0]
    client = played.client()
    answers = {href: client.get(href).status_code for href in set(re.findall(r'href="(/[^"#]*)"', main))}
    assert {href: code for href, code in answers.items() if code >= 400} == {}


def test_companion_finds_group_coordinator_and_services_nearby(cast: Cast) -> None:
    seated(cast.lentera, "52.03.05.2008")
    near = make_service_point(cast.uptd, "52.03", name="UPTD PPA Dekat", hotline="08000000001")
    make_service_point(cast.uptd, "36.02", name="UPTD PPA Jauh")
    page = home(cast.ani)
    assert "Kelompok Konstituen Lentera" in page
    assert "Koordinator Anda: Budi." in page
    assert near.name in page
    assert near.hotline in page
    assert "UPTD PPA Jauh" not in page


def test_companion_is_told_who_may_appoint_a_coordinator_where_there_is_none(cast: Cast) -> None:
    assert "Kelompok Anda belum punya koordinator" in home(cast.hasan)


def test_companion_checks_what_their_own_group_keeps_and_nothing_else(cast: Cast) -> None:
    make_service_point(cast.lentera, name="Pos Lentera")
    make_service_point(cast.uptd, name="UPTD Sendiri")
    page = home(cast.ani)
    assert "Layanan yang perlu diperiksa lagi" in page
    assert "Pos Lentera" in page
    assert "UPTD Sendiri" not in page
    assert "Pos Lentera" not in home(cast.hasan)


def test_outsider_sees_nothing_of_lentera(cast: Cast) -> None:
    busy(cast)
    make_service_point(cast.lentera, "36.02", name="Pos Rahasia Kami")
    page = home(cast.hasan)
    for word in ("Lentera", "Budi", "Ani<", "Rohani", "Pos Rahasia Kami"):
        assert word not in page, word


def test_coordinator_finds_who_can_not_sign_in_yet(cast: Cast) -> None:
    enrol_volunteer(cast.budi.actor, organisation=cast.lentera, name="Rohani", now=datetime.now(UTC))
    enrol_volunteer(cast.budi.actor, organisation=cast.lentera, name="Maknah", now=NOW)
    page = home(cast.budi)
    assert "3 relawan belum bisa masuk" in page  # Ani of the cast has never had a device
    assert re.search(r"Rohani.*?kode menunggu dibaca", page)
    assert re.search(r"Maknah.*?kode sudah lewat", page)


def test_coordinator_without_volunteers_is_taught_the_first_step(cast: Cast) -> None:
    assert cast.hasan.person is not None
    grant_role(SYSTEM, cast.hasan.person, role="coordinator", organisation=cast.other_group, reason="ada", now=NOW)
    page = home(cast.hasan)
    assert "Baru ada Anda" in page
    assert 'href="/relawan/baru/"' in page


def test_coordinator_confirms_the_group_in_one_step(cast: Cast) -> None:
    page = home(cast.budi)
    assert "Masih aktifkah Kelompok Konstituen Lentera?" in page
    [action] = re.findall(r'action="(/kelola/[^"]+/aktif/[^"]+)"', page)
    response = cast.budi.client().post(action)
    assert response.headers["Location"] == "/"
    assert "Masih aktifkah" not in home(cast.budi)
    assert cast.lentera.confirmations.get().confirmed_by == cast.budi.actor.person_id


@pytest.mark.parametrize(("days", "asked"), [(365, False), (366, True)])
def test_group_is_asked_for_again_after_a_year(cast: Cast, days: int, asked: bool) -> None:
    now = datetime.now(UTC)
    confirm_active(SYSTEM, cast.lentera, now=now, confirmed_on=today() - timedelta(days=days))
    assert ("Masih aktifkah" in home(cast.budi)) is asked


def test_coordinator_is_told_of_roles_about_to_end(cast: Cast) -> None:
    assert cast.gede.person is not None
    assert cast.ani.person is not None
    soon, late = today() + timedelta(days=10), today() + timedelta(days=60)
    grant_role(SYSTEM, cast.ani.person, role="editor", organisation=cast.lentera, reason="x", now=NOW, valid_until=soon)
    grant_role(
        SYSTEM, cast.gede.person, role="editor", organisation=cast.lentera, reason="x", now=NOW, valid_until=late
    )
    page = home(cast.budi)
    assert "Peran yang berakhir dalam 30 hari" in page
    assert "Ani: " in page
    assert "Gede: " not in page
    assert "Peran yang berakhir" not in home(cast.eko)


def test_coordinator_agrees_to_a_membership_before_it_reaches_anything(cast: Cast) -> None:
    secretary = someone(cast.network, "membership.manage")
    row = admit_member(secretary, cast.network, member=cast.other_group, role="presidium", now=NOW)
    assert "mencatat" not in home(cast.budi)
    admit_member(secretary, cast.network, member=cast.lentera, now=NOW)
    page = home(cast.budi)
    assert "Jaringan Provinsi Contoh mencatat Kelompok Konstituen Lentera sebagai anggotanya" in page
    [answer] = re.findall(r'href="(/kelola/keanggotaan/[^"]+)"', page)
    assert cast.budi.client().get(answer).status_code == 200
    cast.budi.client().post(answer)
    agreed = Membership.objects.get(member=cast.lentera, network=cast.network, superseded_at=None)
    assert agreed.is_confirmed
    assert "mencatat" not in home(cast.budi)
    assert not Membership.objects.get(pk=row.pk).is_confirmed


def test_supervisor_finds_silent_groups_first_and_who_waits_to_be_let_in(cast: Cast) -> None:
    assert cast.ani.person is not None
    assert "1 kelompok sudah setahun tidak dipastikan aktif" in home(cast.kartika)
    confirm_active(SYSTEM, cast.lentera, now=datetime.now(UTC))
    open_recovery(cast.budi.actor, cast.ani.person, now=datetime.now(UTC))
    page = home(cast.kartika)
    assert "1 kelompok aktif" in page
    assert 'href="/pemulihan/"' in page
    assert "Aik Bening" not in page


def test_list_of_the_silent_is_confirmed_row_by_row(cast: Cast) -> None:
    client = cast.kartika.client()
    page = client.get("/masih-aktif/").content.decode()
    [action] = re.findall(r'action="(/kelola/[^"]+/aktif/[^"]+)"', page)
    response = client.post(action)
    assert response.headers["Location"] == "/masih-aktif/"
    assert "Semua sudah dipastikan" in client.get("/masih-aktif/").content.decode()


@pytest.mark.parametrize("key", ["citra", "indah"])
def test_officer_checks_their_own_service_points(cast: Cast, key: str) -> None:
    own = {"citra": cast.uptd, "indah": cast.agency}[key]
    played = getattr(cast, key)
    assert "Tidak ada titik layanan yang perlu diperiksa" in home(played)
    point = make_service_point(own, name="Loket Kita")
    make_service_point(cast.lentera, name="Pos Lentera")
    page = home(played)
    assert "Loket Kita" in page
    assert "Pos Lentera" not in page
    verify_service_point(SYSTEM, point, method="call", now=datetime.now(UTC))
    assert "Loket Kita" not in home(played)


def test_facilitator_sees_members_who_is_silent_and_who_is_missing(cast: Cast) -> None:
    campus = make_organisation(name="Universitas Contoh", kind=OrganisationKind.UNIVERSITY)
    hidden = make_organisation(name="Rumah Aman Kami", hidden=True)
    for member in (campus, hidden):
        admit_member(SYSTEM, cast.forum, member=member, now=NOW)
    confirm_active(SYSTEM, campus, now=datetime.now(UTC))
    page = home(cast.eko)
    assert "2 anggota forum" in page
    assert "1 anggota belum dipastikan aktif dalam setahun ini" in page
    assert "Belum ikut duduk bersama: Pemerintah, Dunia usaha, Media" in page
    assert "Rumah Aman Kami" not in page


def test_secretariat_counts_silent_members_and_those_who_have_not_agreed(cast: Cast) -> None:
    secretary = someone(cast.network, "membership.manage")
    for number in range(7):
        admit_member(SYSTEM, cast.network, member=make_organisation(name=f"Anggota {number}"), now=NOW)
    admit_member(secretary, cast.network, member=make_organisation(name="Belum Setuju"), now=NOW)
    page = home(cast.dewi)
    assert "9 anggota belum dipastikan aktif dalam setahun ini" in page  # with the forum and, through it, Lentera
    assert "dan 4 lagi" in page
    assert "1 anggota belum menyetujui keanggotaannya" in page
    assert "Belum Setuju" in page


def test_editor_is_shown_what_the_profile_lacks(cast: Cast) -> None:
    page = home(cast.gede)
    assert "Profil Jaringan Provinsi Contoh belum lengkap" in page
    assert "Bidang kerja" in page
    Organisation.objects.filter(pk=cast.network.pk).update(
        description={"id": "Kami jaringan."}, sectors=["PP"], email="halo@example.org"
    )
    seated(cast.network, "52")
    confirm_active(SYSTEM, cast.network, now=datetime.now(UTC))
    assert "Profilnya sudah lengkap" in home(cast.gede)


@pytest.mark.parametrize("key", ["fitri", "indah"])
def test_figures_are_for_who_works_with_them(cast: Cast, key: str) -> None:
    busy(cast)
    assert 'href="/hasil/F1/"' in home(getattr(cast, key))
    assert 'href="/hasil/F1/"' not in home(cast.ani)


def test_operator_is_told_to_export_the_keys_and_what_is_amiss(cast: Cast) -> None:
    page = home(cast.joko)
    assert "Ekspor kunci" in page
    assert "simpul keys export FILE" in page
    Act.objects.create(at=datetime.now(UTC) - timedelta(hours=1), actor_kind="system", act="tests.wait")
    page = home(cast.joko)
    assert "Tindakan menunggu disegel" in page


def test_operator_with_nothing_amiss_is_told_what_was_looked_at(cast: Cast, tmp_path: Path) -> None:
    export_ring(SYSTEM, tmp_path / "kunci.json", "lima kata yang tak berkaitan", now=datetime.now(UTC))
    page = home(cast.joko)
    assert "Ekspor kunci" not in page
    assert "Platform dalam keadaan baik" in page


def test_auditor_reads_how_far_the_record_is_sealed_and_when_it_was_proved(cast: Cast) -> None:
    assert cast.gede.person is not None
    assert cast.gede.user is not None
    grant_role(SYSTEM, cast.gede.person, role="auditor", organisation=None, reason="x", now=NOW)
    assert "auditor" in actor_for(cast.gede.user.pk, now=NOW, second_factor=True).roles
    assert "Belum ada yang membuktikan catatan ini utuh" in home(cast.gede)
    record(SYSTEM, "audit.verify", None, details={"rows": 1, "breaks": 2})
    assert "Belum ada yang membuktikan catatan ini utuh" in home(cast.gede)
    record(SYSTEM, "audit.verify", None, details={"rows": 1, "breaks": 0})
    page = home(cast.gede)
    assert "Belum ada yang membuktikan catatan ini utuh" not in page
    assert "Terakhir terbukti utuh" in page
