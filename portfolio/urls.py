from django.urls import path

from portfolio import views

app_name = "portfolio"
urlpatterns = [
    path("", views.index, name="index"),
    path("add/", views.create, name="create"),
    path("formats/", views.formats, name="formats"),
    path("trash/", views.trash, name="trash"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/edit/", views.update, name="update"),
    path("<int:pk>/move/", views.move, name="move"),
    path("<int:pk>/quality/", views.quality, name="quality"),
    path("<int:pk>/delete/", views.delete, name="delete"),
    path("<int:pk>/restore/", views.restore, name="restore"),
    path("<int:pk>/files/add/", views.file_create, name="file-create"),
    path("<int:pk>/files/<int:file_pk>/", views.file_download, name="file-download"),
    path("<int:pk>/files/<int:file_pk>/delete/", views.file_delete, name="file-delete"),
    path("<int:pk>/files/<int:file_pk>/redact/", views.file_redact, name="file-redact"),
    path("<int:pk>/files/<int:file_pk>/unredact/", views.file_unredact, name="file-unredact"),
    path("<int:pk>/files/<int:file_pk>/pages/", views.file_pages, name="file-pages"),
    path("<int:pk>/files/<int:file_pk>/pages/<int:page>/", views.file_preview, name="file-preview"),
]
