"""Routes of the history context."""

from django.urls import path

from accord.history import views

app_name = "history"
urlpatterns = [
    path("history/seals/", views.seals, name="seals"),
    path("history/seals/head/", views.keep_head, name="keep-head"),
    path("history/<str:record>/", views.history, name="history"),
    path("history/<str:record>/at/", views.as_it_stood, name="as-it-stood"),
    path("history/<str:record>/<str:part>/<int:event>/", views.change, name="change"),
    path("history/<str:record>/<str:part>/<int:event>/undo/", views.undo, name="undo"),
]
