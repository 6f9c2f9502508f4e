"""Routes of the review context."""

from django.urls import URLPattern, path

from accord.review import views

app_name = "review"

# panels, rubrics, people, conflicts, assignment, standings
office: list[URLPattern] = [
    path("review/", views.panels, name="panels"),
    path("review/panels/new/", views.open_panel, name="open-panel"),
    path("review/panels/<int:pk>/", views.panel, name="panel"),
    path("review/panels/<int:pk>/change/", views.change_panel, name="change-panel"),
    path("review/panels/<int:pk>/close/", views.close_panel, name="close-panel"),
    path("review/panels/<int:pk>/open/", views.reopen_panel, name="reopen-panel"),
    path("review/panels/<int:pk>/people/", views.panel_people, name="panel-people"),
    path("review/panels/<int:pk>/people/invite/", views.invite, name="invite"),
    path("review/panels/<int:pk>/people/<int:panelist>/", views.change_panelist, name="change-panelist"),
    path("review/panels/<int:pk>/people/<int:panelist>/remove/", views.remove_panelist, name="remove-panelist"),
    path("review/panels/<int:pk>/conflicts/", views.panel_conflicts, name="panel-conflicts"),
    path("review/panels/<int:pk>/conflicts/find/", views.find_conflicts, name="find-conflicts"),
    path("review/panels/<int:pk>/conflicts/new/", views.enter_conflict, name="enter-conflict"),
    path("review/panels/<int:pk>/conflicts/<int:conflict>/lift/", views.lift_conflict, name="lift-conflict"),
    path("review/panels/<int:pk>/assignment/", views.panel_assignment, name="panel-assignment"),
    path("review/panels/<int:pk>/assignment/propose/", views.propose, name="propose"),
    path("review/panels/<int:pk>/assignment/by-hand/", views.assign, name="assign"),
    path("review/panels/<int:pk>/assignment/<int:assignment>/release/", views.release, name="release"),
    path("review/panels/<int:pk>/assignment/<int:assignment>/lock/", views.lock_assignment, name="lock-assignment"),
    path("review/panels/<int:pk>/runs/<int:run>/", views.show_run, name="run"),
    path("review/panels/<int:pk>/runs/<int:run>/items/<int:item>/", views.run_item, name="run-item"),
    path("review/panels/<int:pk>/runs/<int:run>/apply/", views.apply_run, name="apply-run"),
    path("review/panels/<int:pk>/reviews/", views.panel_reviews, name="panel-reviews"),
    path("review/panels/<int:pk>/reviews/<int:review>/open/", views.reopen_review, name="reopen-review"),
    path("review/panels/<int:pk>/items/<int:item>/", views.panel_item, name="panel-item"),
    path("review/panels/<int:pk>/standings/", views.panel_standings, name="panel-standings"),
    path("review/panels/<int:pk>/standings/work-out/", views.work_out, name="work-out"),
    path("review/rubrics/", views.rubrics, name="rubrics"),
    path("review/rubrics/new/", views.add_rubric, name="add-rubric"),
    path("review/rubrics/<int:pk>/", views.rubric, name="rubric"),
    path("review/rubrics/<int:pk>/change/", views.change_rubric, name="change-rubric"),
    path("review/rubrics/<int:pk>/copy/", views.copy_rubric, name="copy-rubric"),
    path("review/rubrics/<int:pk>/criteria/new/", views.add_criterion, name="add-criterion"),
    path("review/rubrics/<int:pk>/criteria/<int:criterion>/", views.change_criterion, name="change-criterion"),
    path("review/rubrics/<int:pk>/criteria/<int:criterion>/up/", views.move_criterion, name="move-criterion"),
    path("review/rubrics/<int:pk>/criteria/<int:criterion>/remove/", views.remove_criterion, name="remove-criterion"),
    path("review/invitations/<int:pk>/", views.invitation, name="invitation"),
]
# queue, review, bids, conflict statement, discussion
reviewers: list[URLPattern] = [
    path("review/queue/", views.queue, name="queue"),
    path("review/queue/panels/<int:pk>/conflicts/", views.statement, name="statement"),
    path("review/queue/panels/<int:pk>/conflicts/people/", views.relation, name="relation"),
    path("review/queue/panels/<int:pk>/wishes/", views.bids, name="bids"),
    path("review/queue/<int:pk>/", views.review, name="review"),
    path("review/queue/<int:pk>/open/", views.open_item, name="open-item"),
    path("review/queue/<int:pk>/keep/", views.keep_draft, name="keep-draft"),
    path("review/queue/<int:pk>/hand-back/", views.give_back, name="give-back"),
    path("review/queue/<int:pk>/discussion/", views.discussion, name="discussion"),
    path("review/queue/<int:pk>/files/<str:key>/", views.item_file, name="item-file"),
]

urlpatterns = [*office, *reviewers]
