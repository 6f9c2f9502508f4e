"""Routes of the portal."""

from django.urls import path

from accord.portal import views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("what-is-real/", views.what_is_real, name="what-is-real"),
    path("healthz", views.healthz, name="healthz"),
]
