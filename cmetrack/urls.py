"""Every address. Each app names its own below its prefix."""

from django.contrib import admin
from django.urls import include, path

from cmetrack.views import favicon, healthz

urlpatterns = [
    path("", include("progress.urls")),
    path("path/", include("milestones.urls")),
    path("portfolio/", include("portfolio.urls")),
    path("network/", include("networking.urls")),
    path("accounts/", include("accounts.urls")),
    path("accounts/", include("allauth.account.urls")),
    path("admin/", admin.site.urls),
    path("healthz", healthz, name="healthz"),
    path("favicon.ico", favicon, name="favicon"),
]
