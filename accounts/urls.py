from django.urls import path

from accounts import views

app_name = "accounts"
urlpatterns = [
    path("welcome/", views.welcome, name="welcome"),
    path("welcome/skip/", views.skip, name="skip"),
    path("profile/", views.profile, name="profile"),
]
