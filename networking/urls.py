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
    path("follow-ups/", views.follow_ups, name="follow-ups"),
    path("calendar/", views.calendar, name="calendar"),
    path("calendar/on/", views.calendar_create, name="calendar-create"),
    path("calendar/replace/", views.calendar_replace, name="calendar-replace"),
    path("calendar/off/", views.calendar_delete, name="calendar-delete"),
    path("calendar/<str:token>.ics", views.calendar_feed, name="calendar-feed"),
    path("templates/", views.templates, name="templates"),
    path("trash/", views.trash, name="trash"),
]
