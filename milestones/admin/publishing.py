"""Publishing a milestone: what differs from what people see, and the versions they have seen."""

import json
from hashlib import sha256
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from cmetrack.http import UNPROCESSABLE
from milestones.admin.watchful import ContentAdmin
from milestones.differences import Difference, differences
from milestones.forms.publishing import PublishForm
from milestones.models import Milestone, Step
from milestones.problems import problems
from milestones.publishing import Content, grow, publish, tell_of_change, working_copy
from milestones.restoring import put_back


class PublishingAdmin(ContentAdmin):
    """A page of content whose changes wait until they are published."""

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/publish/", wrap(self.publish_view), name="milestones_milestone_publish"),
            path("<int:pk>/versions/", wrap(self.versions_view), name="milestones_milestone_versions"),
            path(
                "<int:pk>/versions/<int:number>/put-back/",
                wrap(require_POST(self.put_back_view)),
                name="milestones_milestone_put_back",
            ),
            *super().get_urls(),
        ]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        milestone = context.get("original")
        if isinstance(milestone, Milestone):
            current = milestone.publications.current().select_related("published_by").first()
            told = differences(current.content if current else None, working_copy(milestone))
            context |= {"current": current, "waiting": len(told)}
        return super().render_change_form(request, context, *args, **kwargs)

    @transaction.atomic
    def publish_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        milestone = self._get(request, pk)
        content = working_copy(milestone)
        current = milestone.publications.current().first()
        told = differences(current.content if current else None, content)
        seen = {step["id"] for step in current.content["steps"]} if current else set()
        steps = _changed_steps(told, seen)
        data = request.POST if request.method == "POST" else None
        form = PublishForm(_fingerprint(content), steps, data)
        wrong = problems(grow(Milestone, content))
        if form.is_valid() and told and not wrong:
            for step, what in form.told():
                tell_of_change(step, what, timezone.localdate())
            version = publish(milestone, request.user, form.cleaned_data["note"])  # type: ignore[arg-type]
            messages.success(request, f"Published. People see version {version.number} from now on.")
            return redirect("admin:milestones_milestone_change", pk)
        context = self._context(request, milestone, f"Publish “{milestone}”")
        context |= {"form": form, "differences": told, "problems": wrong, "current": current}
        status = UNPROCESSABLE if form.is_bound else 200
        return render(request, "admin/milestones/milestone/publish.html", context, status=status)

    def versions_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        milestone = self._get(request, pk)
        publications = list(milestone.publications.select_related("published_by"))
        before = [*publications[1:], None]
        versions = [
            (version, differences(older.content if older else None, version.content))
            for version, older in zip(publications, before, strict=True)
        ]
        context = self._context(request, milestone, f"Versions of “{milestone}”") | {"versions": versions}
        return render(request, "admin/milestones/milestone/versions.html", context)

    @transaction.atomic
    def put_back_view(self, request: HttpRequest, pk: int, number: int) -> HttpResponse:
        milestone = self._get(request, pk)
        put_back(get_object_or_404(milestone.publications, number=number), timezone.localdate())
        said = f"Version {number} is back in the working copy. Look at it, then publish it."
        messages.success(request, said)
        return redirect("admin:milestones_milestone_publish", pk)

    def _get(self, request: HttpRequest, pk: int) -> Milestone:
        if not self.has_change_permission(request):
            raise PermissionDenied
        # The second of two editors waits for the first, and then sees what that one did.
        rows = Milestone.objects.select_for_update() if request.method == "POST" else Milestone.objects.all()
        return get_object_or_404(rows, pk=pk)

    def _context(self, request: HttpRequest, milestone: Milestone, title: str) -> dict[str, Any]:
        back = reverse("admin:milestones_milestone_change", args=[milestone.pk])
        return {
            **self.admin_site.each_context(request),
            "title": title,
            "milestone": milestone,
            "back": back,
            "opts": self.opts,
        }


def _changed_steps(told: list[Difference], seen: set[int]) -> list[Step]:
    """The steps people have seen before and that differ now."""
    changed = {row.step for row in told if row.step in seen}
    return list(Step.objects.current().filter(pk__in=changed))


def _fingerprint(content: Content) -> str:
    return sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
