"""Routes of the privacy context."""

from django.urls import URLPattern, URLResolver, include, path

from accord.privacy import views

app_name = "privacy"
ROUTES: list[URLPattern | URLResolver] = [
    path("", views.mine, name="mine"),
    path("consents/", views.consents, name="consents"),
    path("consents/<slug:purpose>/give/", views.give_consent, name="give-consent"),
    path("consents/<slug:purpose>/withdraw/", views.withdraw_consent, name="withdraw-consent"),
    path("copies/", views.ask_for_copy, name="ask-for-copy"),
    path("copies/<int:pk>/", views.copy, name="copy"),
    path("copies/<int:pk>/file/", views.copy_file, name="copy-file"),
    path("requests/", views.requests, name="requests"),
    path("requests/new/", views.new_request, name="request-new"),
    path("requests/received/", views.received_request, name="request-received"),
    path("requests/<int:pk>/", views.request, name="request"),
    path("requests/<int:pk>/take-back/", views.take_back, name="request-take-back"),
    path("restricted/", views.restricted, name="restricted"),
    path("restricted/<int:pk>/lift/", views.lift, name="lift"),
    path("transfers/", views.transfers, name="transfers"),
    path("transfers/new/", views.new_transfer, name="transfer-new"),
    path("transfers/<int:pk>/", views.transfer, name="transfer"),
    path("register/", views.register, name="register"),
]
urlpatterns: list[URLPattern | URLResolver] = [path("privacy/", include(ROUTES))]
