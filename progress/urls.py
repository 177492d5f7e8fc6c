from django.urls import path

from progress import views

app_name = "progress"
urlpatterns = [
    path("", views.today, name="today"),
    path("cv/", views.cv, name="cv"),
    path("mail/stop/<str:token>/", views.digest_stop, name="digest-stop"),
    path("timeline/", views.timeline, name="timeline"),
]
