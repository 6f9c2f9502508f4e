"""Routes of the negotiation context."""

from django.urls import URLPattern, URLResolver, include, path

from accord.negotiation import views

app_name = "negotiation"
DRAFT: list[URLPattern | URLResolver] = [
    path("", views.draft, name="draft"),
    path("head/", views.head, name="head"),
    path("clauses/new/", views.new_clause, name="new-clause"),
    path("clauses/<slug:place>/", views.clause, name="clause"),
    path("clauses/<slug:place>/take-out/", views.take_out_clause, name="take-out-clause"),
    path("promises/new/", views.new_promise, name="new-promise"),
    path("promises/<slug:place>/", views.promise, name="promise"),
    path("promises/<slug:place>/take-out/", views.take_out_promise, name="take-out-promise"),
]
NEGOTIATION: list[URLPattern | URLResolver] = [
    path("", views.negotiation, name="negotiation"),
    path("parties/", views.parties, name="parties"),
    path("parties/<slug:institution>/", views.party, name="party"),
    path("parties/<slug:institution>/remove/", views.remove_party, name="remove-party"),
    path("draft/", include(DRAFT)),
    path("put-forward/", views.put_forward, name="put-forward"),
    path("versions/<int:number>/", views.text, name="text"),
    path("versions/<int:number>/file/", views.text_file, name="text-file"),
    path("versions/<int:number>/against/<int:other>/", views.difference, name="difference"),
    path("versions/<int:number>/ask/", views.ask, name="ask"),
    path("requests/", views.requests, name="requests"),
    path("requests/<int:pk>/", views.request, name="request"),
    path("requests/<int:pk>/reply/", views.reply, name="reply"),
    path("requests/<int:pk>/accept/", views.accept, name="accept"),
    path("requests/<int:pk>/decline/", views.decline, name="decline"),
    path("requests/<int:pk>/take-back/", views.take_back, name="take-back"),
    path("approve/", views.approve, name="approve"),
    path("sign/", views.sign, name="sign"),
    path("withdraw/", views.withdraw, name="withdraw"),
]
urlpatterns = [
    path("negotiations/", views.negotiations, name="negotiations"),
    path("negotiations/approve/<str:token>/", views.approve_by_link, name="approve-by-link"),
    path("negotiations/new/", views.start, name="start"),
    path("negotiations/<slug:key>/", include(NEGOTIATION)),
    path("agreements/<slug:key>/changes/", views.changes, name="changes"),
    path("agreements/<slug:key>/changes/amend/", views.amend, name="amend"),
    path("agreements/<slug:key>/changes/renew/", views.renew, name="renew"),
    path("agreements/<slug:key>/dossier/", views.dossier, name="dossier"),
]
