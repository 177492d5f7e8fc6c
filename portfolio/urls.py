from django.urls import path

from portfolio import views

app_name = "portfolio"
urlpatterns = [
    path("", views.index, name="index"),
    path("add/", views.create, name="create"),
    path("formats/", views.formats, name="formats"),
    path("trash/", views.trash, name="trash"),
    path("links/", views.link_index, name="link-index"),
    path("links/add/", views.link_create, name="link-create"),
    path("links/<int:pk>/", views.link_detail, name="link-detail"),
    path("links/<int:pk>/edit/", views.link_update, name="link-update"),
    path("links/<int:pk>/revoke/", views.link_revoke, name="link-revoke"),
    path("links/<int:pk>/items/<int:item_pk>/up/", views.link_up, name="link-up"),
    path("links/<int:pk>/items/<int:item_pk>/down/", views.link_down, name="link-down"),
    path("links/<int:pk>/items/<int:item_pk>/publish/", views.link_publish, name="link-publish"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/edit/", views.update, name="update"),
    path("<int:pk>/move/", views.move, name="move"),
    path("<int:pk>/showings/add/", views.showing_create, name="showing-create"),
    path("<int:pk>/showings/<int:showing_pk>/delete/", views.showing_delete, name="showing-delete"),
    path("<int:pk>/quality/", views.quality, name="quality"),
    path("<int:pk>/delete/", views.delete, name="delete"),
    path("<int:pk>/restore/", views.restore, name="restore"),
    path("<int:pk>/files/add/", views.file_create, name="file-create"),
    path("<int:pk>/files/<int:file_pk>/", views.file_download, name="file-download"),
    path("<int:pk>/files/<int:file_pk>/delete/", views.file_delete, name="file-delete"),
    path("<int:pk>/reviews/add/", views.review_create, name="review-create"),
    path("<int:pk>/reviews/<int:review_pk>/accept/", views.review_accept, name="review-accept"),
    path("<int:pk>/reviews/<int:review_pk>/set-aside/", views.review_set_aside, name="review-set-aside"),
    path("<int:pk>/reviews/<int:review_pk>/reconsider/", views.review_reconsider, name="review-reconsider"),
    path("<int:pk>/reviews/<int:review_pk>/withdraw/", views.review_withdraw, name="review-withdraw"),
    path("<int:pk>/files/<int:file_pk>/redact/", views.file_redact, name="file-redact"),
    path("<int:pk>/files/<int:file_pk>/unredact/", views.file_unredact, name="file-unredact"),
    path("<int:pk>/files/<int:file_pk>/pages/", views.file_pages, name="file-pages"),
    path("<int:pk>/files/<int:file_pk>/pages/<int:page>/", views.file_preview, name="file-preview"),
]
