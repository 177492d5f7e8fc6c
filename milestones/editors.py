"""What editors may do: all of the content, except delete what people's own work hangs on."""

from collections.abc import Collection

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model

from milestones.models import CheckItem, Competency, CompetencyGroup, Milestone, Question, Resource, Step
from networking.models import CadenceRule, PitchStep
from portfolio.models import Format, QualityItem

EDITORS = "Editors"
# What people's own work hangs on; an editor retires or rewords it instead.
NEVER_DELETED: tuple[type[Model], ...] = (
    CadenceRule,
    CheckItem,
    Competency,
    CompetencyGroup,
    Format,
    Milestone,
    PitchStep,
    QualityItem,
    Question,
    Resource,
    Step,
)


def let_editors_work_on(models: Collection[type[Model]]) -> None:
    """Give the group of editors its rights, locked. What was allowed besides stays allowed."""
    group, _ = Group.objects.select_for_update().get_or_create(name=EDITORS)
    kinds = ContentType.objects.get_for_models(*models)
    wanted = {
        (kinds[model].pk, f"{verb}_{model._meta.model_name}")
        for model in models
        for verb in ("view", "add", "change", "delete")
        if verb != "delete" or model not in NEVER_DELETED
    }
    held = set(group.permissions.values_list("pk", flat=True))
    known = Permission.objects.filter(content_type__in=[kind for kind, _ in wanted])
    group.permissions.add(
        *(p for p in known if (p.content_type_id, p.codename) in wanted and p.pk not in held)
    )
