"""The two steps of an import that ask something: which file, and what its columns hold."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django import forms

from cmetrack.forms import OwnedModelForm
from cmetrack.validators import without_hidden_characters
from networking.forms.choices import QuickSelect
from networking.imports.columns import SINGLE, Target
from networking.imports.decoding import UnreadableError
from networking.imports.receiving import fill, keep_rows, read
from networking.models import ImportBatch

MOST_MB = 10


class ImportForm(OwnedModelForm):
    """Takes a file and reads it; saving keeps its rows beside the batch, and nothing else."""

    file = forms.FileField(
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.vcf,.vcard,.txt,text/csv,text/vcard"}),
        help_text=f"A CSV or vCard file of up to {MOST_MB} MB.",
    )

    instance: ImportBatch

    class Meta:
        model = ImportBatch
        fields = ()

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_MB * 1024 * 1024:
            raise forms.ValidationError(
                f"This file is larger than {MOST_MB} MB. Split it, or export the people without photographs."
            )
        try:
            self.kind, self.table, self.mapping = read(file.read())
        except UnreadableError as problem:
            raise forms.ValidationError(str(problem)) from problem
        return file

    def save(self, commit: bool = True) -> Any:
        """Save the batch with its rows; call it inside a transaction."""
        fill(self.instance, self.kind, self.table, self.mapping)
        name = without_hidden_characters(Path(self.cleaned_data["file"].name).name)
        self.instance.file_name = name[-200:] or "file"
        saved = super().save(commit)
        if saved is self.instance:
            keep_rows(saved, self.table)
        return saved


class ColumnsForm(OwnedModelForm):
    """What each column holds, as we guessed it and as its owner corrects it."""

    instance: ImportBatch

    class Meta:
        model = ImportBatch
        fields = ("stage", "tag")

    def __init__(self, *args: Any, examples: list[list[str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.examples = examples
        for at, (heading, target) in enumerate(zip(self.instance.header, self.instance.mapping, strict=True)):
            self.fields[f"column_{at}"] = forms.ChoiceField(
                label=heading or f"Column {at + 1}",
                choices=[("", "Leave out"), *Target.choices],
                initial=target,
                required=False,
                widget=QuickSelect(attrs={"class": "form-select"}),
            )

    def columns(self) -> Iterator[tuple[forms.BoundField, str]]:
        """Each column’s choice, and what the first rows have there."""
        for at in range(len(self.instance.header)):
            found = (cells[at][:40] for cells in self.examples if at < len(cells))
            yield self[f"column_{at}"], " · ".join(filter(None, found))

    def others(self) -> list[forms.BoundField]:
        return [self["stage"], self["tag"]]

    def clean_tag(self) -> str:
        return " ".join(without_hidden_characters(self.cleaned_data["tag"]).replace(",", " ").split())

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        chosen = [data.get(f"column_{at}", "") for at in range(len(self.instance.header))]
        for at, target in enumerate(chosen):
            if target in SINGLE and target in chosen[:at]:
                self.add_error(f"column_{at}", f"Another column is “{Target(target).label}” already.")
        if not self.errors and not {Target.NAME, Target.FIRST, Target.LAST} & set(chosen):
            raise forms.ValidationError("Say which column holds the name.")
        self.instance.mapping = chosen
        return data
