from datetime import date
from typing import Any

from django import forms

from accounts.models import User
from cmetrack.forms import OwnedModelForm
from milestones.models import Competency, Focus, Rating
from milestones.models.competencies import TO_RAISE


class RatingForm(OwnedModelForm):
    """A person's level on one competency today."""

    instance: Rating

    class Meta:
        model = Rating
        fields = ("level", "evidence")
        labels = {"evidence": "What you judge it by"}
        widgets = {"level": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        anchors = self.instance.competency.anchors
        level = self.fields["level"]
        level.widget.choices = level.choices = anchors  # type: ignore[attr-defined]
        level.error_messages |= {
            "required": "Choose a level.",
            "invalid_choice": "Choose a level from 0 to 4.",
        }


class FocusForm(forms.Form):
    """The three competencies a person wants to raise."""

    # By number: what is too large for the database is then no choice, and never asked for.
    competencies = forms.TypedMultipleChoiceField(coerce=int, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.current = Competency.objects.current().in_bulk()
        self.fields["competencies"].choices = [(pk, str(row)) for pk, row in self.current.items()]  # type: ignore[attr-defined]

    def clean_competencies(self) -> list[Competency]:
        chosen = [self.current[pk] for pk in self.cleaned_data["competencies"]]
        if len(chosen) > TO_RAISE:
            raise forms.ValidationError(f"Choose {TO_RAISE} at most: raising fewer at a time goes faster.")
        return chosen

    def save(self, user: User, today: date) -> None:
        """Keep what stays chosen with its day, add what is new, drop what is not chosen any more."""
        chosen = self.cleaned_data["competencies"]
        mine = Focus.objects.for_user(user)
        mine.exclude(competency__in=chosen).delete()
        for competency in chosen:
            mine.get_or_create(owner=user, competency=competency, defaults={"chosen_on": today})
