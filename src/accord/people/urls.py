"""Routes of the people context."""

from django.urls import path

from accord.people import views

app_name = "people"
urlpatterns = [
    path("sign-in/", views.sign_in, name="sign-in"),
    path("sign-out/", views.sign_out, name="sign-out"),
    path("demo-role/<slug:key>/", views.take_demo_role, name="demo-role"),
]
