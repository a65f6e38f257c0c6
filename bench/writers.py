"""Writers side by side: how many changes a second threads of one process bring to their commit."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress

# What opens a writer's connection and gives one change in its own transaction.
Writer = Callable[[], AbstractContextManager[Callable[[], object]]]


def rate(writer: Writer, writers: int, seconds: float) -> float:
    """Give the changes a second of so many writers, which begin together once all are connected."""
    done, ended = [0] * writers, [0.0] * writers
    stop, ready = threading.Event(), threading.Barrier(writers + 1)
    failed: list[BaseException] = []

    def write(place: int) -> None:
        try:
            with writer() as change:
                ready.wait()
                while not stop.is_set():
                    change()
                    done[place] += 1
                ended[place] = time.perf_counter()
        except BaseException as error:  # noqa: BLE001 (told to whoever asked, who is in another thread)
            failed.append(error)
            ready.abort()

    threads = [threading.Thread(target=write, args=(place,)) for place in range(writers)]
    for each in threads:
        each.start()
    began = 0.0
    with suppress(threading.BrokenBarrierError):
        ready.wait()
        began = time.perf_counter()
        time.sleep(seconds)
    stop.set()
    for each in threads:
        each.join()
    if failed:
        raise failed[0]
    return sum(done) / (max(ended) - began)
