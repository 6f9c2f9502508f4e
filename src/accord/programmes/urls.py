"""Addresses of the programmes."""

from django.urls import URLPattern, path

from accord.programmes import views

app_name = "programmes"
DESK = "programmes/<slug:programme>/<slug:call>/office"

# programmes, calls, forms, eligibility, the public page
calls: list[URLPattern] = [
    path("programmes/", views.calls, name="calls"),
    path("programmes/all/", views.programmes, name="programmes"),
    path("programmes/new/", views.open_programme, name="open-programme"),
]
# the same by name: these stand last, since any word fits a short name
by_name: list[URLPattern] = [
    path("programmes/<slug:programme>/", views.programme, name="programme"),
    path("programmes/<slug:programme>/change/", views.change_programme, name="change-programme"),
    path("programmes/<slug:programme>/end/", views.end_programme, name="end-programme"),
    path("programmes/<slug:programme>/new/", views.prepare_call, name="prepare-call"),
    path("programmes/<slug:programme>/<slug:call>/", views.call, name="call"),
    path("programmes/<slug:programme>/<slug:call>/check/", views.who_may, name="who-may"),
    path("programmes/<slug:programme>/<slug:call>/office/", views.office, name="office"),
    path("programmes/<slug:programme>/<slug:call>/office/change/", views.change_call, name="change-call"),
    path("programmes/<slug:programme>/<slug:call>/office/publish/", views.publish_call, name="publish-call"),
    path("programmes/<slug:programme>/<slug:call>/office/cancel/", views.cancel_call, name="cancel-call"),
    path("programmes/<slug:programme>/<slug:call>/office/finish/", views.finish_call, name="finish-call"),
    path("programmes/<slug:programme>/<slug:call>/office/copy/", views.copy_call, name="copy-call"),
    path("programmes/<slug:programme>/<slug:call>/office/dates/", views.call_dates, name="call-dates"),
    path("programmes/<slug:programme>/<slug:call>/office/late-code/", views.late_code, name="late-code"),
    path("programmes/<slug:programme>/<slug:call>/office/late-code/drop/", views.drop_late_code, name="drop-late-code"),
    path("programmes/<slug:programme>/<slug:call>/office/form/", views.form, name="form"),
    path("programmes/<slug:programme>/<slug:call>/office/form/preview/", views.preview_form, name="preview-form"),
    path("programmes/<slug:programme>/<slug:call>/office/form/publish/", views.publish_form, name="publish-form"),
    path("programmes/<slug:programme>/<slug:call>/office/form/discard/", views.discard_form, name="discard-form"),
    path("programmes/<slug:programme>/<slug:call>/office/form/begin/", views.begin_form, name="begin-form"),
    path("programmes/<slug:programme>/<slug:call>/office/form/save/", views.save_form, name="save-form"),
    path("programmes/<slug:programme>/<slug:call>/office/form/move/", views.move_part, name="move-part"),
    path("programmes/<slug:programme>/<slug:call>/office/form/remove/", views.remove_part, name="remove-part"),
    path("programmes/<slug:programme>/<slug:call>/office/form/new/", views.add_section, name="add-section"),
    path(
        "programmes/<slug:programme>/<slug:call>/office/form/versions/<int:number>/",
        views.form_version,
        name="form-version",
    ),
    path(
        "programmes/<slug:programme>/<slug:call>/office/form/sections/<slug:section>/",
        views.change_section,
        name="change-section",
    ),
    path(
        "programmes/<slug:programme>/<slug:call>/office/form/sections/<slug:section>/new/<slug:kind>/",
        views.add_question,
        name="add-question",
    ),
    path(
        "programmes/<slug:programme>/<slug:call>/office/form/questions/<slug:question>/",
        views.change_question,
        name="change-question",
    ),
    path("programmes/<slug:programme>/<slug:call>/office/rules/", views.eligibility, name="eligibility"),
    path("programmes/<slug:programme>/<slug:call>/office/rules/new/", views.add_rule, name="add-rule"),
    path("programmes/<slug:programme>/<slug:call>/office/rules/<slug:rule>/", views.change_rule, name="change-rule"),
    path(
        "programmes/<slug:programme>/<slug:call>/office/rules/<slug:rule>/remove/",
        views.remove_rule,
        name="remove-rule",
    ),
]
# applying: what an applicant does and sees
applying: list[URLPattern] = [
    path("programmes/applications/", views.my_applications, name="my-applications"),
    path("programmes/applications/join/<str:token>/", views.join_by_link, name="join-by-link"),
    path("programmes/applications/<str:reference>/", views.my_application, name="my-application"),
    path("programmes/applications/<str:reference>/sections/<slug:section>/", views.my_section, name="my-section"),
    path("programmes/applications/<str:reference>/new-form/", views.new_form, name="new-form"),
    path("programmes/applications/<str:reference>/check/", views.check_application, name="check-application"),
    path("programmes/applications/<str:reference>/submitted/", views.submitted, name="submitted"),
    path("programmes/applications/<str:reference>/withdraw/", views.withdraw_application, name="withdraw-application"),
    path("programmes/applications/<str:reference>/questions/<int:pk>/", views.answer_question, name="answer-question"),
    path("programmes/applications/<str:reference>/along/", views.companions, name="companions"),
    path(
        "programmes/applications/<str:reference>/along/<int:pk>/remove/",
        views.remove_companion,
        name="remove-companion",
    ),
    path(
        "programmes/applications/<str:reference>/along/<int:pk>/remind/",
        views.remind_companion,
        name="remind-companion",
    ),
    path("programmes/applications/<str:reference>/together/", views.together, name="together"),
    path("programmes/<slug:programme>/<slug:call>/apply/", views.begin, name="begin"),
]
# the office: applications, steps, enquiries, likeness, funnel, files in and out
office: list[URLPattern] = [
    path(f"{DESK}/workflow/", views.workflow, name="workflow"),
    path(f"{DESK}/workflow/change/", views.change_workflow, name="change-workflow"),
    path(f"{DESK}/funnel/", views.funnel, name="funnel"),
    path(f"{DESK}/reviews/", views.call_reviews, name="reviews"),
    path(f"{DESK}/reviews/open/", views.open_call_panel, name="open-call-panel"),
    path(f"{DESK}/reviews/<int:pk>/put/", views.put_before_panel, name="put-before-panel"),
    path(f"{DESK}/everything.xlsx", views.export_call, name="export-call"),
    path(f"{DESK}/alike/", views.alike, name="alike"),
    path(f"{DESK}/alike/<str:first>/<str:second>/", views.judge_alike, name="judge-alike"),
    path(f"{DESK}/applications/", views.applications, name="applications"),
    path(f"{DESK}/bring-in/", views.bring_in_applications, name="bring-in-applications"),
    path(f"{DESK}/bring-in/empty.<slug:suffix>", views.applications_template, name="applications-template"),
    path(f"{DESK}/move/", views.bulk, name="applications-bulk"),
    path(f"{DESK}/move/<slug:step>/", views.bulk_step, name="bulk-step"),
    path(f"{DESK}/applications/<str:reference>/", views.application, name="application"),
    path(f"{DESK}/applications/<str:reference>/ask/", views.application_ask, name="application-ask"),
    path(f"{DESK}/applications/<str:reference>/notes/", views.application_note, name="application-note"),
    path(f"{DESK}/applications/<str:reference>/questions/<int:pk>/", views.close_enquiry, name="close-enquiry"),
    path(f"{DESK}/applications/<str:reference>/steps/<slug:step>/", views.application_step, name="application-step"),
]
# slate, decisions, letters
decisions: list[URLPattern] = [
    path("programmes/applications/<str:reference>/decision/", views.decision, name="decision"),
    path("programmes/<slug:programme>/<slug:call>/draw/", views.draw, name="draw"),
    path("programmes/<slug:programme>/<slug:call>/draw/draw.json", views.draw_file, name="draw-file"),
    path(f"{DESK}/slate/", views.slate, name="slate"),
    path(f"{DESK}/slate/keep/", views.keep_slate, name="keep-slate"),
    path(f"{DESK}/slate/proposals/", views.take_proposals, name="take-proposals"),
    path(f"{DESK}/slate/decide/", views.decide_several, name="decide-several"),
    path(f"{DESK}/slate/decide/<str:reference>/", views.decide, name="decide"),
    path(f"{DESK}/slate/settle/", views.settle_slate, name="settle-slate"),
    path(f"{DESK}/slate/reserve/", views.promote_reserve, name="promote-reserve"),
    path(f"{DESK}/slate/reserve/close/", views.close_reserve, name="close-reserve"),
    path(f"{DESK}/slate/<int:number>/", views.settled_slate, name="settled-slate"),
    path(f"{DESK}/slate/<int:number>/order.json", views.slate_order, name="slate-order"),
]
# hosts, places, limits, wishes and rankings
places: list[URLPattern] = [
    path("programmes/places/", views.my_hosts, name="my-hosts"),
    path("programmes/places/<int:pk>/", views.host_places, name="host-places"),
    path("programmes/places/<int:pk>/new/", views.host_open_place, name="host-open-place"),
    path("programmes/places/<int:pk>/done/", views.host_done, name="host-done"),
    path("programmes/places/<int:pk>/<str:code>/change/", views.host_change_place, name="host-change-place"),
    path("programmes/places/<int:pk>/<str:code>/rank/", views.host_rank, name="host-rank"),
    path("programmes/places/<int:pk>/<str:code>/who/<str:reference>/", views.host_reads, name="host-reads"),
    path(
        "programmes/places/<int:pk>/<str:code>/who/<str:reference>/files/<str:file>/",
        views.host_reads_file,
        name="host-reads-file",
    ),
    path("programmes/links/places/<str:token>/", views.places_by_link, name="places-by-link"),
    path("programmes/links/places/<str:token>/new/", views.open_place_by_link, name="open-place-by-link"),
    path("programmes/links/places/<str:token>/done/", views.done_by_link, name="done-by-link"),
    path(
        "programmes/links/places/<str:token>/<str:code>/change/",
        views.change_place_by_link,
        name="change-place-by-link",
    ),
    path("programmes/links/places/<str:token>/<str:code>/rank/", views.rank_by_link, name="rank-by-link"),
    path(
        "programmes/links/places/<str:token>/<str:code>/who/<str:reference>/",
        views.reads_by_link,
        name="reads-by-link",
    ),
    path(
        "programmes/links/places/<str:token>/<str:code>/who/<str:reference>/files/<str:file>/",
        views.reads_file_by_link,
        name="reads-file-by-link",
    ),
    path("programmes/results/", views.results, name="results"),
    path("programmes/applications/<str:reference>/places/", views.wishes, name="wishes"),
    path("programmes/applications/<str:reference>/result/", views.result, name="result"),
    path("programmes/applications/<str:reference>/result/accept/", views.accept_offer, name="accept-offer"),
    path("programmes/applications/<str:reference>/result/decline/", views.decline_offer, name="decline-offer"),
    path("programmes/<slug:programme>/<slug:call>/office/places/", views.places, name="places"),
    path("programmes/<slug:programme>/<slug:call>/office/places/new/", views.new_place, name="new-place"),
    path(
        "programmes/<slug:programme>/<slug:call>/office/places/bring-in/", views.bring_in_places, name="bring-in-places"
    ),
    path(
        "programmes/<slug:programme>/<slug:call>/office/places/bring-in/<slug:suffix>/",
        views.places_template,
        name="places-template",
    ),
    path("programmes/<slug:programme>/<slug:call>/office/places/<str:code>/", views.place, name="place"),
    path(
        "programmes/<slug:programme>/<slug:call>/office/places/<str:code>/change/",
        views.change_place,
        name="change-place",
    ),
    path(
        "programmes/<slug:programme>/<slug:call>/office/places/<str:code>/close/", views.close_place, name="close-place"
    ),
    path(
        "programmes/<slug:programme>/<slug:call>/office/places/<str:code>/reserve/",
        views.reserve_seats,
        name="reserve-seats",
    ),
    path("programmes/<slug:programme>/<slug:call>/office/hosts/", views.hosts, name="hosts"),
    path("programmes/<slug:programme>/<slug:call>/office/hosts/new/", views.invite_host, name="invite-host"),
    path("programmes/<slug:programme>/<slug:call>/office/hosts/remind/", views.remind_hosts, name="remind-hosts"),
    path("programmes/<slug:programme>/<slug:call>/office/limits/", views.limits, name="limits"),
    path("programmes/<slug:programme>/<slug:call>/office/limits/new/", views.new_limit, name="new-limit"),
    path("programmes/<slug:programme>/<slug:call>/office/limits/<slug:key>/", views.change_limit, name="change-limit"),
    path("programmes/<slug:programme>/<slug:call>/office/limits/<slug:key>/drop/", views.drop_limit, name="drop-limit"),
    path("programmes/<slug:programme>/<slug:call>/office/exceptions/", views.exceptions, name="exceptions"),
    path("programmes/<slug:programme>/<slug:call>/office/exceptions/bar/", views.bar, name="bar"),
    path("programmes/<slug:programme>/<slug:call>/office/exceptions/fix/", views.fix_place, name="fix-place"),
    path(
        "programmes/<slug:programme>/<slug:call>/office/exceptions/bar/<str:reference>/<str:code>/lift/",
        views.lift_bar,
        name="lift-bar",
    ),
    path(
        "programmes/<slug:programme>/<slug:call>/office/exceptions/fix/<str:reference>/lift/",
        views.unfix_place,
        name="unfix-place",
    ),
]
# match runs, offers, re-match, audit
matching: list[URLPattern] = [
    path("programmes/<slug:programme>/<slug:call>/result/", views.result_of_call, name="result-of-call"),
    path("programmes/<slug:programme>/<slug:call>/result/audit.zip", views.audit_file, name="audit-file"),
    path("programmes/<slug:programme>/<slug:call>/office/match/", views.match, name="match"),
    path("programmes/<slug:programme>/<slug:call>/office/match/new/", views.new_run, name="new-run"),
    path("programmes/<slug:programme>/<slug:call>/office/match/<int:number>/", views.run, name="run"),
    path(
        "programmes/<slug:programme>/<slug:call>/office/match/<int:number>/certificate/",
        views.certificate,
        name="certificate",
    ),
    path(
        "programmes/<slug:programme>/<slug:call>/office/match/<int:number>/publish/",
        views.publish_match,
        name="publish-match",
    ),
    path("programmes/<slug:programme>/<slug:call>/office/match/<int:number>/again/", views.rematch, name="rematch"),
    path(
        "programmes/<slug:programme>/<slug:call>/office/match/<int:number>/of/<str:reference>/",
        views.run_line,
        name="run-line",
    ),
    path("programmes/<slug:programme>/<slug:call>/office/offers/", views.offers, name="offers"),
    path("programmes/<slug:programme>/<slug:call>/office/offers/new/", views.new_offer, name="new-offer"),
    path("programmes/<slug:programme>/<slug:call>/office/offers/<int:pk>/back/", views.offer_back, name="offer-back"),
]
# placements, learning agreements, diary, evaluations
placements: list[URLPattern] = [
    path("programmes/placements/", views.placements, name="placements"),
    path("programmes/placements/sign/<str:token>/", views.sign_by_link, name="sign-by-link"),
    path("programmes/placements/look-after/<str:token>/", views.look_after_by_link, name="look-after-by-link"),
    path("programmes/placements/look-after/<str:token>/<slug:act>/", views.act_by_link, name="look-after-act"),
    path("programmes/placements/<str:reference>/", views.placement, name="placement"),
    path("programmes/placements/<str:reference>/change/", views.change_placement, name="change-placement"),
    path("programmes/placements/<str:reference>/sign/", views.sign_learning, name="sign-learning"),
    path("programmes/placements/<str:reference>/diary/seen/", views.see_diary, name="see-diary"),
    path("programmes/placements/<str:reference>/check-ins/<int:pk>/", views.look_at_check_in, name="look-at-check-in"),
    path(
        "programmes/placements/<str:reference>/strike/<slug:kind>/<int:pk>/",
        views.strike_placement_record,
        name="strike-placement-record",
    ),
    path("programmes/placements/<str:reference>/<slug:act>/", views.placement_act, name="placement-act"),
    path("programmes/<slug:programme>/office/record-placement/", views.record_placement, name="record-placement"),
    path("programmes/<slug:programme>/<slug:call>/office/placements/", views.call_placements, name="call-placements"),
    path(
        "programmes/<slug:programme>/<slug:call>/office/placements/begin/<int:pk>/",
        views.begin_placement,
        name="begin-placement",
    ),
]

urlpatterns = [*placements, *calls, *applying, *office, *decisions, *places, *matching, *by_name]
