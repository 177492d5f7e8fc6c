from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cmetrack.http import SignedInRequest
from networking.models import MessageTemplate


@require_safe
def templates(request: SignedInRequest) -> HttpResponse:
    return render(request, "networking/templates.html", {"templates": MessageTemplate.objects.all()})
