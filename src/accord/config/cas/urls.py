"""Routes of signing in by CAS; allauth and the provider know them by these names."""

from django.urls import path

from accord.config.cas import views
from accord.people.urls import arrival, departure

CAS = "sign-in/cas/<str:provider_id>/"
urlpatterns = [
    path(CAS, departure(views.login), name="cas_login"),
    path(f"{CAS}back/", arrival(views.callback), name="cas_callback"),
]
