from collections.abc import Iterator
from typing import Any

from django import forms
from django.http import QueryDict

from cmetrack.ownership import new_submission_id
from milestones.models import Choice, Milestone, Question


class QuizForm(forms.Form):
    """One choice for each question of a milestone, in the given order."""

    submission_id = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, milestone: Milestone, data: QueryDict | None = None) -> None:
        super().__init__(data, initial={"submission_id": new_submission_id()})
        self.questions: list[Question] = list(milestone.questions.all())
        for question in self.questions:
            self.fields[self._name(question)] = forms.ChoiceField(
                choices=[(choice.pk, choice.text) for choice in question.choices.all()],
                widget=forms.RadioSelect,
                error_messages={
                    "required": "Choose an answer.",
                    "invalid_choice": "Choose one of these answers.",
                },
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for question in self.questions:
            name = self._name(question)
            if name in data and len(self._sent(name)) > 1:
                self.add_error(name, "Choose one answer only.")
        return data

    def items(self) -> Iterator[tuple[Question, forms.BoundField]]:
        """Each question with its field, for the page."""
        for question in self.questions:
            yield question, self[self._name(question)]

    def chosen(self) -> list[tuple[Question, Choice]]:
        """Each question with the choice that was made; for a valid form."""
        return [(question, self._choice(question)) for question in self.questions]

    def _choice(self, question: Question) -> Choice:
        wanted = self.cleaned_data[self._name(question)]
        return next(choice for choice in question.choices.all() if str(choice.pk) == wanted)

    def _sent(self, name: str) -> list[str]:
        return self.data.getlist(name) if isinstance(self.data, QueryDict) else []

    @staticmethod
    def _name(question: Question) -> str:
        return f"question_{question.pk}"
