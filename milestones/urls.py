from django.urls import include, path

from milestones import views

app_name = "milestones"

step = [
    path("", views.step, name="step"),
    path("note/", views.note, name="note"),
    path("complete/", views.complete, name="complete"),
    path("reopen/", views.reopen, name="reopen"),
    path("skip/", views.skip, name="skip"),
    path("seen/", views.acknowledge, name="acknowledge"),
    path("items/<int:item_pk>/check/", views.check, name="check"),
    path("items/<int:item_pk>/uncheck/", views.uncheck, name="uncheck"),
]
resource = [
    path("read/", views.read, name="read"),
    path("unread/", views.unread, name="unread"),
]
urlpatterns = [
    path("", views.index, name="index"),
    path("competencies/", views.competencies, name="competencies"),
    path("competencies/focus/", views.focus, name="focus"),
    path("competencies/<slug:key>/", views.competency, name="competency"),
    path("glossary/", views.glossary, name="glossary"),
    path("background/", views.background, name="background"),
    path("touch/", views.touch, name="touch"),
    path("<slug:slug>/", views.detail, name="detail"),
    path("<slug:slug>/preview/", views.preview, name="preview"),
    path("<slug:slug>/preview/quiz/", views.preview_quiz, name="preview-quiz"),
    path("<slug:slug>/preview/steps/<int:pk>/", views.preview_step, name="preview-step"),
    path("<slug:slug>/quiz/", views.quiz, name="quiz"),
    path("<slug:slug>/quiz/<int:pk>/", views.quiz_result, name="quiz-result"),
    path("<slug:slug>/steps/<int:pk>/", include(step)),
    path("<slug:slug>/resources/<int:pk>/", include(resource)),
]
