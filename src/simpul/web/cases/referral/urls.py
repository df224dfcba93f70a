from django.urls import path

from simpul.web.cases.referral import group, letters, links, office

app_name = "referral"

# Plain addresses: none says of whom or of what. What follows `buka/` is a key, and is written into no log.
urlpatterns = [
    path("rujukan/", group.waiting, name="list"),
    path("rujukan/baru/<uuid:case>/", group.draft, name="draft"),
    path("rujukan/<uuid:key>/", group.referral, name="one"),
    path("rujukan/<uuid:key>/kirim/", group.send, name="send"),
    path("rujukan/<uuid:key>/tarik/", group.revoke, name="revoke"),
    path("rujukan/<uuid:key>/selesai/", group.finish, name="finish"),
    path("rujukan/<uuid:key>/tautan/", links.issue, name="issue"),
    path("rujukan/<uuid:key>/tautan/cabut/", links.revoke, name="revoke-link"),
    path("rujukan/<uuid:key>/surat.pdf", links.printed, name="letter"),
    path("surat/", office.inbox, name="inbox"),
    path("surat/<uuid:key>/", office.letter, name="office"),
    path("surat/buka/<str:token>/", letters.front, name="front"),
    path("surat/terbuka/<uuid:key>/", letters.letter, name="opened"),
]
