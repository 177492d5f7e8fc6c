"""The addresses that strangers open without an account. Everything here is public."""

from django.urls import path

from portfolio import views

app_name = "sharing"
urlpatterns = [
    path("<slug:address>/", views.page, name="page"),
    path("<slug:address>/files/<int:item_pk>/", views.page_file, name="file"),
]
