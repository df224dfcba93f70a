from django.urls import path

from simpul.web.tokens import organisations, own

app_name = "tokens"

urlpatterns = [
    path("akun/token/", own.tokens, name="own"),
    path("akun/token/baru/", own.new, name="new"),
    path("akun/token/<uuid:token_id>/akhiri/", own.end, name="end"),
    path("akses/token/<uuid:organisation_id>/", organisations.tokens, name="organisation"),
    path("akses/token/<uuid:organisation_id>/baru/", organisations.new, name="new-of-organisation"),
    path("akses/token/akhiri/<uuid:service_id>/", organisations.end, name="end-of-organisation"),
]
