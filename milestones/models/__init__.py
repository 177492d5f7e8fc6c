from milestones.models.content import CheckItem, Milestone, Objective, Resource, Step
from milestones.models.progress import CheckMark, ResourceRead, StepProgress
from milestones.models.requirements import Requirement
from milestones.models.seeds import SeedRecord

__all__ = [
    "CheckItem",
    "CheckMark",
    "Milestone",
    "Objective",
    "Requirement",
    "Resource",
    "ResourceRead",
    "SeedRecord",
    "Step",
    "StepProgress",
]
