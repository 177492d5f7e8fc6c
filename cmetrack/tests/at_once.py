"""Two requests at once, on PostgreSQL: what the second one reads must still be true when it writes."""

import time
from concurrent.futures import ThreadPoolExecutor

from django.db import connection, transaction

WAITS_FOR_US = "SELECT FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))"


def while_open(change, send):
    """The answer to `send`, which arrives after `change` was written and before it was committed."""
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            change()
            answer = pool.submit(closing(send))
            until_it_waits(answer)
        return answer.result()


def closing(send):
    def sent():
        try:
            return send()
        finally:
            connection.close()

    return sent


def until_it_waits(answer):
    """Until it is there, or cannot come before this transaction is over."""
    while not answer.done() and not is_waited_for():
        time.sleep(0.005)


def is_waited_for():
    with connection.cursor() as cursor:
        cursor.execute(WAITS_FOR_US)
        return cursor.fetchone() is not None
