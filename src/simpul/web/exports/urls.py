from django.urls import path, re_path

from simpul.web.exports import kept, views
from simpul.web.responses import files as responses

app_name = "exports"

urlpatterns = [
    path("ekspor/jejaring.<slug:form>", views.export, {"table": "organisations"}, name="organisations"),
    re_path(
        r"^ekspor/wilayah/(?P<code>\d{2}(?:\.\d{2}(?:\.\d{2}(?:\.\d{4})?)?)?)/jejaring\.(?P<form>xlsx|csv)$",
        views.export,
        {"table": "area"},
        name="area",
    ),
    path("ekspor/anggota/<uuid:organisation_id>.<slug:form>", views.export, {"table": "members"}, name="members"),
    path("ekspor/profil/<uuid:organisation_id>.<slug:form>", views.export, {"table": "profile"}, name="profile"),
    path("ekspor/hubungan/<uuid:organisation_id>.<slug:form>", views.export, {"table": "relations"}, name="relations"),
    path("ekspor/wilayah.<slug:form>", views.export, {"table": "country"}, name="country"),
    path("ekspor/program/<uuid:programme_id>.<slug:form>", views.export, {"table": "programme"}, name="programme"),
    path("ekspor/layanan.<slug:form>", views.export, {"table": "services"}, name="services"),
    path("ekspor/hasil.<slug:form>", views.export, {"table": "figures"}, name="figures"),
    path("ekspor/catatan-layanan/<uuid:key>.<slug:form>", kept.kept, {"table": "service-log"}, name="service-log"),
    path("ekspor/layanan/<uuid:key>.<slug:form>", views.export, {"table": "service-point"}, name="service-point"),
    path("ekspor/keanggotaan/<uuid:key>.<slug:form>", kept.kept, {"table": "kept-members"}, name="kept-members"),
    path("ekspor/papan/<uuid:key>.<slug:form>", kept.kept, {"table": "board"}, name="board"),
    path("ekspor/pengumuman/<uuid:key>.<slug:form>", kept.kept, {"table": "announcements"}, name="announcements"),
    path("ekspor/kesiapan/<uuid:key>.<slug:form>", kept.kept, {"table": "readiness"}, name="readiness"),
    path("ekspor/orang.<slug:form>", kept.people, name="people"),
    path("ekspor/dokumen/<uuid:organisation_id>.<slug:form>", views.export, {"table": "papers"}, name="papers"),
    path("ekspor/berkas/<uuid:key>.<slug:form>", kept.kept, {"table": "kept-papers"}, name="kept-papers"),
    path("ekspor/libur.<slug:form>", views.export, {"table": "holidays"}, name="holidays"),
    path("ekspor/padanan.<slug:form>", views.export, {"table": "code-changes"}, name="code-changes"),
    path("ekspor/data-kasus.<slug:form>", views.export, {"table": "data-kasus"}, name="data-kasus"),
    path("ekspor/data-kasus/kamus.<slug:form>", views.export, {"table": "kamus-data-kasus"}, name="kamus-data-kasus"),
    path("ekspor/tenggat.<slug:form>", views.export, {"table": "deadlines"}, name="deadlines"),
    path("ekspor/peran.<slug:form>", kept.kept, {"table": "roles"}, name="roles"),
    path(
        "ekspor/tanggap/<uuid:key>/4w.<slug:form>",
        responses.lines_file,
        {"table": "response-lines"},
        name="response-lines",
    ),
    path(
        "ekspor/tanggap/<uuid:key>/kebutuhan.<slug:form>",
        responses.needs_file,
        {"table": "response-needs"},
        name="response-needs",
    ),
    path("ekspor/hasil/<slug:code>.<slug:form>", views.export, {"table": "figure"}, name="figure"),
]
