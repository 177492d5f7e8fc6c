"""The process that opens files: limited in time and memory, and with nothing in it worth taking.

python -m portfolio.inspection.worker look docx < file     an answer in JSON
python -m portfolio.inspection.worker draw pdf 3 < file    a picture in WebP
"""

import io
import json
import resource
import sys

SECONDS = {"look": 10, "draw": 5}
MEMORY = 1024**3


def answer(job: str, *told: str, content: bytes) -> bytes:
    """What the other process asked for. Raises when a page cannot be drawn."""
    if job == "draw":
        from portfolio.inspection.drawing import draw  # noqa: PLC0415 - a look does without it

        family, page = told
        return draw(family, content, int(page))
    return json.dumps(_look(*told, content=content)).encode()


def _look(claimed: str, *, content: bytes) -> dict[str, object]:
    from portfolio.inspection.findings import TroubleError  # noqa: PLC0415 - drawing does without it
    from portfolio.inspection.looking import look_into  # noqa: PLC0415

    try:
        found = look_into(claimed, io.BytesIO(content))
    except TroubleError as trouble:
        cause = trouble.__cause__
        return {"trouble": str(trouble), "because": type(cause).__name__ if cause else ""}
    return {"traces": found.traces, "pages": found.pages}


def limit(seconds: int) -> None:
    """From here on this process writes no file, and ends when it takes too much."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    limit(SECONDS[sys.argv[1]])
    sys.stdout.buffer.write(answer(*sys.argv[1:], content=sys.stdin.buffer.read()))
