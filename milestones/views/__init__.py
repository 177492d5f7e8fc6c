from milestones.views.competencies import competencies, competency, focus
from milestones.views.path import detail, index
from milestones.views.preview import preview, preview_quiz, preview_step
from milestones.views.quiz import quiz, quiz_result
from milestones.views.reference import background, glossary
from milestones.views.resources import read, unread
from milestones.views.steps import acknowledge, check, complete, note, reopen, skip, step, uncheck
from milestones.views.touching import touch

__all__ = [
    "acknowledge",
    "background",
    "check",
    "competencies",
    "competency",
    "complete",
    "detail",
    "focus",
    "glossary",
    "index",
    "note",
    "preview",
    "preview_quiz",
    "preview_step",
    "quiz",
    "quiz_result",
    "read",
    "reopen",
    "skip",
    "step",
    "touch",
    "uncheck",
    "unread",
]
