from django.urls import path

from simpul.web.accounts.views import account, enrolment, identifiers, passkeys, password, pin, second_step, sign_in

app_name = "accounts"

urlpatterns = [
    path("masuk/", sign_in.sign_in, name="sign-in"),
    path("masuk/pin/", pin.pin, name="pin"),
    path("masuk/kode/", sign_in.code, name="code"),
    path("masuk/kunci-sandi/", passkeys.sign_in, name="passkey-sign-in"),
    path("masuk/contoh/", sign_in.demo, name="demo"),
    path("masuk/lupa/", password.forgotten, name="forgotten"),
    path("sandi-baru/<str:token>/", password.reset_password, name="reset"),
    path("daftar-perangkat/<str:token>/", enrolment.enrol, name="enrol"),
    path("keluar/", sign_in.sign_out, name="sign-out"),
    path("akun/", account.account, name="account"),
    path("akun/perangkat/", account.devices, name="devices"),
    path("akun/perangkat/percayai/", enrolment.trust, name="trust"),
    path("akun/perangkat/siap/", enrolment.enrolled, name="enrolled"),
    path("akun/perangkat/<uuid:device_id>/cabut/", account.revoke_device, name="revoke-device"),
    path("akun/perangkat/sesi/<uuid:session_id>/keluar/", account.revoke_session, name="revoke-session"),
    path("akun/surel-telepon/", identifiers.identifiers, name="identifiers"),
    path("akun/pin/", account.change_pin, name="change-pin"),
    path("akun/sandi/", password.change_password, name="password"),
    path("akun/langkah-kedua/", second_step.second_step, name="second-factor"),
    path("akun/langkah-kedua/kode-cadangan/", second_step.recovery_codes, name="recovery-codes"),
    path("akun/langkah-kedua/hapus/", second_step.remove_second_step, name="remove-second-factor"),
    path("akun/kunci-sandi/", passkeys.passkeys, name="passkeys"),
    path("akun/kunci-sandi/tambah/", passkeys.add, name="add-passkey"),
    path("akun/kunci-sandi/<uuid:passkey_id>/nama/", passkeys.rename, name="rename-passkey"),
    path("akun/kunci-sandi/<uuid:passkey_id>/hapus/", passkeys.remove, name="remove-passkey"),
]
