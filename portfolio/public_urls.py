"""The addresses that strangers open without an account. Everything here is public."""

from django.urls import path

from portfolio.views import public_reviews
from portfolio.views.pages import page, page_file

app_name = "sharing"
urlpatterns = [
    # Before the pages: "review" is no name that a page could have.
    path("review/<slug:token>/", public_reviews.review, name="review"),
    path("review/<slug:token>/file/", public_reviews.review_file, name="review-file"),
    path("<slug:address>/", page, name="page"),
    path("<slug:address>/files/<int:item_pk>/", page_file, name="file"),
]
