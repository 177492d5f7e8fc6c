"""The addresses that strangers open without an account. Everything here is public."""

from django.urls import path

from portfolio.views import public_reviews

app_name = "sharing"
urlpatterns = [
    path("review/<slug:token>/", public_reviews.review, name="review"),
    path("review/<slug:token>/file/", public_reviews.review_file, name="review-file"),
]
