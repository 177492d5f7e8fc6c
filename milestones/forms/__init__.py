from milestones.forms.background import PriorWorkForm
from milestones.forms.competencies import FocusForm, RatingForm
from milestones.forms.notes import NoteForm, SkipForm
from milestones.forms.quiz import QuizForm

__all__ = ["FocusForm", "NoteForm", "PriorWorkForm", "QuizForm", "RatingForm", "SkipForm"]
