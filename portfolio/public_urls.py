"""The addresses that strangers open without an account. Everything here is public."""

from django.urls import URLPattern

app_name = "sharing"
urlpatterns: list[URLPattern] = []
