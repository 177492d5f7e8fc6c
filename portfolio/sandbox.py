"""Opening files that anybody may have made: in a process of its own, with limits, and without our secrets."""

import json
import logging
import subprocess
import sys
from typing import Any, cast

from django.conf import settings
from django.core.files import File

from portfolio.inspection.findings import Findings, TroubleError

logger = logging.getLogger(__name__)

# The process limits itself to seconds of work; this also counts waiting for its turn.
PATIENCE = 20.0
TOO_MUCH = "takes too long or too much memory to open. Save it again, or as a smaller PDF, and choose that."


class NoAnswerError(Exception):
    """The process was stopped by its limits, or failed."""


class TooLateError(NoAnswerError):
    """It had no answer in time, which may be because everything is slow just now."""


def look_into(claimed: str, content: File, patience: float = PATIENCE) -> Findings:
    """What a file said to be `claimed`, a key of TYPES, tells. Raises TroubleError."""
    try:
        told = cast(dict[str, Any], json.loads(_run("look", claimed, content=content, patience=patience)))
    except NoAnswerError as stopped:
        logger.warning("A file said to be %s could not be looked into: %s", claimed, stopped)
        raise TroubleError(TOO_MUCH) from stopped
    if "trouble" in told:
        if told["because"]:
            logger.info("A file said to be %s could not be read: %s", claimed, told["because"])
        raise TroubleError(told["trouble"])
    return Findings(tuple(told["traces"]), told["pages"])


def draw(family: str, content: File, page: int) -> bytes:
    """A page of a file, from 1, as WebP. Raises NoAnswerError."""
    return _run("draw", family, str(page), content=content, patience=PATIENCE)


def _run(*job: str, content: File, patience: float) -> bytes:
    content.seek(0)
    try:
        done = subprocess.run(  # noqa: S603 - our own module, and words from our own tables
            [sys.executable, "-m", "portfolio.inspection.worker", *job],
            input=content.read(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=settings.BASE_DIR,
            # An empty environment: neither the secret key nor the database's password is in it.
            env={},
            timeout=max(patience, 0),
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        raise TooLateError("it took too long") from late
    finally:
        content.seek(0)
    if done.returncode:
        raise NoAnswerError(f"it ended with {done.returncode}")
    return bytes(done.stdout)
