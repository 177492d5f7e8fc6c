from milestones.views.competencies import competencies
from milestones.views.path import detail, index
from milestones.views.quiz import quiz
from milestones.views.resources import read, unread
from milestones.views.steps import check, complete, note, reopen, step, uncheck

__all__ = [
    "check",
    "competencies",
    "complete",
    "detail",
    "index",
    "note",
    "quiz",
    "read",
    "reopen",
    "step",
    "uncheck",
    "unread",
]
