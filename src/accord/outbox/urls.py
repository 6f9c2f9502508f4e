"""Routes of the outbox context: inbox, letters, held letters, webhooks, chats."""

from django.urls import URLPattern, URLResolver, include, path

from accord.outbox import views

app_name = "outbox"
NOTICES: list[URLPattern | URLResolver] = [
    path("", views.inbox, name="inbox"),
    path("read/", views.read_all, name="read-all"),
    path("settings/", views.settings, name="settings"),
    path("unsubscribe/<str:token>/", views.unsubscribe, name="unsubscribe"),
    path("<int:pk>/", views.notice, name="notice"),
    path("<int:pk>/open/", views.open_notice, name="open-notice"),
    path("<int:pk>/unread/", views.unread_notice, name="unread-notice"),
]
LETTERS: list[URLPattern | URLResolver] = [
    path("", views.letters, name="letters"),
    path("stopped/", views.suppressions, name="suppressions"),
    path("stopped/<int:pk>/lift/", views.lift_suppression, name="lift-suppression"),
    path("held/", views.batches, name="batches"),
    path("held/<int:pk>/", views.batch, name="batch"),
    path("held/<int:pk>/release/", views.release_batch, name="release-batch"),
    path("held/<int:pk>/cancel/", views.cancel_batch, name="cancel-batch"),
    path("<int:pk>/", views.letter, name="letter"),
]
WEBHOOKS: list[URLPattern | URLResolver] = [
    path("", views.endpoints, name="endpoints"),
    path("new/", views.add_endpoint, name="add-endpoint"),
    path("<int:pk>/", views.endpoint, name="endpoint"),
    path("<int:pk>/change/", views.change_endpoint, name="change-endpoint"),
    path("<int:pk>/secret/", views.rotate_secret, name="rotate-secret"),
    path("<int:pk>/pause/", views.pause_endpoint, name="pause-endpoint"),
    path("<int:pk>/resume/", views.resume_endpoint, name="resume-endpoint"),
    path("<int:pk>/try/", views.ping_endpoint, name="ping-endpoint"),
    path("<int:pk>/replay/", views.replay_since, name="replay-since"),
    path("<int:pk>/posts/<int:post>/", views.endpoint_post, name="post"),
    path("<int:pk>/posts/<int:post>/replay/", views.replay_post, name="replay-post"),
]
CHATS: list[URLPattern | URLResolver] = [
    path("", views.chats, name="chats"),
    path("new/", views.add_chat, name="add-chat"),
    path("<int:pk>/", views.chat, name="chat"),
    path("<int:pk>/pause/", views.pause_chat, name="pause-chat"),
    path("<int:pk>/resume/", views.resume_chat, name="resume-chat"),
    path("<int:pk>/try/", views.ping_chat, name="ping-chat"),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("notices/", include(NOTICES)),
    path("letters/", include(LETTERS)),
    path("webhooks/", include(WEBHOOKS)),
    path("chats/", include(CHATS)),
]
