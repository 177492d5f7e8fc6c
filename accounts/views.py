from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.forms import ProfileForm, WelcomeForm
from accounts.models import User
from cmetrack.http import UNPROCESSABLE, SignedInRequest, form_page, own_or_404


@form_page
def welcome(request: SignedInRequest) -> HttpResponse:
    if request.method == "GET" and request.user.welcomed_at:
        return redirect("accounts:profile")
    form = WelcomeForm(request.POST if request.method == "POST" else None, instance=_own_row(request))
    if form.is_valid():
        form.save().finish_welcome(timezone.now())
        messages.success(request, "Saved. This is where you begin.")
        return redirect("progress:today")
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "accounts/welcome.html", {"form": form}, status=status)


@require_POST
def skip(request: SignedInRequest) -> HttpResponse:
    request.user.finish_welcome(timezone.now())
    return redirect("progress:today")


@form_page
def profile(request: SignedInRequest) -> HttpResponse:
    form = ProfileForm(request.POST if request.method == "POST" else None, instance=_own_row(request))
    if form.is_valid():
        form.save()
        messages.success(request, "Saved your profile.")
        return redirect("accounts:profile")
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "accounts/profile.html", {"form": form}, status=status)


def _own_row(request: SignedInRequest) -> User:
    # Not request.user itself: the page around a refused form must not show what was refused.
    return own_or_404(request, User.objects.all(), request.user.pk)
