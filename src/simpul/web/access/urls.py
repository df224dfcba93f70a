from django.urls import path

from simpul.web.access.views import devices, enrolment, giving, grants, platform, recovery, seers

app_name = "access"

urlpatterns = [
    path("akses/", grants.grants, name="grants"),
    path("akses/peran/", grants.roles, name="roles"),
    path("akses/siapa/", seers.seers, name="seers"),
    path("akses/beri/", giving.give, name="give"),
    path("akses/beri/periksa/", giving.check, name="check"),
    path("akses/beri/simpul/", platform.give, name="give-platform"),
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
