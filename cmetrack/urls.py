"""Every address. Each app names its own below its prefix."""

from django.contrib import admin
from django.urls import include, path, re_path

from cmetrack.views import favicon, healthz, nothing

urlpatterns = [
    path("", include("progress.urls")),
    path("path/", include("milestones.urls")),
    path("portfolio/", include("portfolio.urls")),
    path("network/", include("networking.urls")),
    path("s/", include("portfolio.public_urls")),
    path("accounts/", include("accounts.urls")),
    path("accounts/", include("allauth.account.urls")),
    # The admin's shortcut answers differently for private rows that exist and those that do not.
    re_path("^admin/r/", nothing, name="admin-shortcut"),
    path("admin/", admin.site.urls),
    path("healthz", healthz, name="healthz"),
    path("favicon.ico", favicon, name="favicon"),
]

handler500 = "cmetrack.views.server_error"
