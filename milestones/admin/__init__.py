"""Where editors change the path. What people did on it is shown as counts, never as names."""

from django.contrib import admin

from milestones.admin.milestones import MilestoneAdmin
from milestones.admin.quiz import QuestionAdmin
from milestones.admin.reference import (
    BackgroundAdmin,
    CompetencyAdmin,
    CompetencyGroupAdmin,
    GlossaryTermAdmin,
)
from milestones.admin.steps import StepAdmin

admin.site.site_header = "CMEtrack editing"
admin.site.site_title = "CMEtrack editing"
admin.site.index_title = "Content"

__all__ = [
    "BackgroundAdmin",
    "CompetencyAdmin",
    "CompetencyGroupAdmin",
    "GlossaryTermAdmin",
    "MilestoneAdmin",
    "QuestionAdmin",
    "StepAdmin",
]
