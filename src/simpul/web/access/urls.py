from django.urls import path

from simpul.web.access.views import deputies, devices, enrolment, giving, grants, openings, platform, recovery, seers

app_name = "access"

urlpatterns = [
    path("akses/", grants.grants, name="grants"),
    path("akses/peran/", grants.roles, name="roles"),
    path("akses/siapa/", seers.seers, name="seers"),
    path("akses/beri/", giving.give, name="give"),
    path("akses/beri/periksa/", giving.check, name="check"),
    path("akses/beri/simpul/", platform.give, name="give-platform"),
    path("akses/darurat/", deputies.emergencies, name="emergencies"),
    path("akses/darurat/buka/", openings.break_glass, name="break-glass"),
    path("akses/darurat/<uuid:opening_id>/", openings.opening, name="opening"),
    path("akses/darurat/<uuid:opening_id>/tutup/", openings.close, name="close-glass"),
    path("akses/darurat/wakil/<uuid:organisation_id>/", deputies.name, name="name-deputy"),
    path("akses/darurat/wakil/<uuid:deputy_id>/akhiri/", deputies.end, name="end-deputy"),
    path("akses/<uuid:grant_id>/", grants.grant, name="grant"),
    path("akses/<uuid:grant_id>/akhiri/", grants.end, name="end"),
    path("relawan/baru/", enrolment.enrol, name="enrol"),
    path("pemulihan/", recovery.recoveries, name="recoveries"),
    path("orang/<uuid:person_id>/pemulihan/", recovery.recover, name="recover"),
    path("orang/<uuid:person_id>/perangkat/", devices.devices, name="devices"),
    path(
        "orang/<uuid:person_id>/perangkat/<uuid:device_id>/keluarkan/",
        devices.sign_out_of_device,
        name="sign-out-device",
    ),
    path(
        "orang/<uuid:person_id>/perangkat/sesi/<uuid:session_id>/keluarkan/",
        devices.sign_out_of_session,
        name="sign-out-session",
    ),
]
