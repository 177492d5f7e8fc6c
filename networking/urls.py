from django.urls import path

from networking import views

app_name = "networking"
urlpatterns = [
    path("", views.index, name="index"),
    path("contacts/add/", views.create, name="create"),
    path("contacts/<int:pk>/", views.detail, name="detail"),
    path("contacts/<int:pk>/edit/", views.update, name="update"),
    path("contacts/<int:pk>/delete/", views.delete, name="delete"),
    path("contacts/<int:pk>/restore/", views.restore, name="restore"),
    path("contacts/<int:pk>/done/", views.done, name="done"),
    path("contacts/<int:pk>/rest/", views.rest, name="rest"),
    path("contacts/<int:pk>/snooze/", views.snooze, name="snooze"),
    path("contacts/<int:pk>/plan/", views.plan, name="plan"),
    path("contacts/<int:pk>/follow-rule/", views.follow_rule, name="follow-rule"),
    path("contacts/<int:pk>/touches/add/", views.interaction_create, name="interaction-create"),
    path("touches/<int:pk>/edit/", views.interaction_update, name="interaction-update"),
    path("touches/<int:pk>/delete/", views.interaction_delete, name="interaction-delete"),
    path("touches/<int:pk>/restore/", views.interaction_restore, name="interaction-restore"),
    path("organisations/", views.organisation_index, name="organisation-index"),
    path("organisations/add/", views.organisation_create, name="organisation-create"),
    path("organisations/<int:pk>/", views.organisation_detail, name="organisation-detail"),
    path("organisations/<int:pk>/edit/", views.organisation_update, name="organisation-update"),
    path("organisations/<int:pk>/delete/", views.organisation_delete, name="organisation-delete"),
    path("organisations/<int:pk>/restore/", views.organisation_restore, name="organisation-restore"),
    path("opportunities/", views.opportunity_index, name="opportunity-index"),
    path("opportunities/add/", views.opportunity_create, name="opportunity-create"),
    path("opportunities/<int:pk>/", views.opportunity_detail, name="opportunity-detail"),
    path("opportunities/<int:pk>/edit/", views.opportunity_update, name="opportunity-update"),
    path("opportunities/<int:pk>/move/", views.opportunity_move, name="opportunity-move"),
    path("opportunities/<int:pk>/delete/", views.opportunity_delete, name="opportunity-delete"),
    path("opportunities/<int:pk>/restore/", views.opportunity_restore, name="opportunity-restore"),
    path("opportunities/<int:pk>/done/", views.opportunity_done, name="opportunity-done"),
    path("opportunities/<int:pk>/no-reply/", views.opportunity_no_reply, name="opportunity-no-reply"),
    path("opportunities/<int:pk>/snooze/", views.opportunity_snooze, name="opportunity-snooze"),
    path("opportunities/<int:pk>/plan/", views.opportunity_plan, name="opportunity-plan"),
    path(
        "opportunities/<int:pk>/follow-rule/", views.opportunity_follow_rule, name="opportunity-follow-rule"
    ),
    path("follow-ups/undo/", views.undo, name="undo"),
    path("follow-ups/", views.follow_ups, name="follow-ups"),
    path("templates/", views.templates, name="templates"),
    path("trash/", views.trash, name="trash"),
]
