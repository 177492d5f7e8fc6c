from milestones.models.competencies import Competency, CompetencyGroup, Focus, Level, Rating
from milestones.models.content import CheckItem, Milestone, Objective, Resource, Step, StepChange
from milestones.models.progress import CheckMark, ResourceRead, StepProgress
from milestones.models.publications import Publication
from milestones.models.quiz import Choice, Question, QuizAttempt
from milestones.models.reference import Background, GlossaryTerm, PriorWork
from milestones.models.requirements import Requirement
from milestones.models.seeds import SeedRecord

__all__ = [
    "Background",
    "CheckItem",
    "CheckMark",
    "Choice",
    "Competency",
    "CompetencyGroup",
    "Focus",
    "GlossaryTerm",
    "Level",
    "Milestone",
    "Objective",
    "PriorWork",
    "Publication",
    "Question",
    "QuizAttempt",
    "Rating",
    "Requirement",
    "Resource",
    "ResourceRead",
    "SeedRecord",
    "Step",
    "StepChange",
    "StepProgress",
]
