from django.urls import path

from portfolio import views

app_name = "portfolio"
urlpatterns = [
    path("", views.index, name="index"),
    path("add/", views.create, name="create"),
    path("add/draft/", views.draft_create, name="draft-create"),
    path("coverage/", views.coverage, name="coverage"),
    path("formats/", views.formats, name="formats"),
    path("trash/", views.trash, name="trash"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/edit/", views.update, name="update"),
    path("<int:pk>/draft/", views.draft_update, name="draft-update"),
    path("<int:pk>/duplicate/", views.duplicate, name="duplicate"),
    path("<int:pk>/current/", views.confirm, name="confirm"),
    path("<int:pk>/look/", views.look, name="look"),
    path("<int:pk>/look/again/", views.look_again, name="look-again"),
    path("<int:pk>/move/", views.move, name="move"),
    path("<int:pk>/quality/", views.quality, name="quality"),
    path("<int:pk>/delete/", views.delete, name="delete"),
    path("<int:pk>/restore/", views.restore, name="restore"),
    path("<int:pk>/files/add/", views.file_create, name="file-create"),
    path("<int:pk>/files/<int:file_pk>/", views.file_download, name="file-download"),
    path("<int:pk>/files/<int:file_pk>/delete/", views.file_delete, name="file-delete"),
]
