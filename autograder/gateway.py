"""Start a Dask cluster on dask-gateway for one round of grading, and take it down after it.

Where the gateway is and who asks, dask-gateway reads in Dask's configuration, which a hub writes into the environment
of every server (`DASK_GATEWAY__ADDRESS`, `DASK_GATEWAY__AUTH__TYPE`). It makes a key for each cluster and tells it to
the cluster's owner only, so nobody else can talk to the scheduler, through which submissions and hidden tests pass.
"""

import asyncio
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from time import monotonic, sleep
from typing import Any

from distributed import Client, Scheduler, SchedulerPlugin

PATIENCE = 900
"""Seconds until there is a worker: a cluster may have to start a machine and fetch an image of many gigabytes."""

LEFT = 300
"""Seconds after which a cluster ends whose round is gone."""


class End(SchedulerPlugin):
    """Ends a cluster on dask-gateway, from its scheduler, when nobody has been connected to it for a while.

    dask-gateway has a watch of its own over clusters without work. It is off by default, and cannot tell a round that
    was killed from one that waits for its first worker.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds

    async def start(self, scheduler: Scheduler) -> None:
        """Begin to watch."""
        self.watch = asyncio.create_task(self._watch(scheduler))

    async def _watch(self, scheduler: Scheduler) -> None:
        seen = monotonic()
        while True:
            await asyncio.sleep(1)
            if len(scheduler.clients) > 1:  # one is Dask's own
                seen = monotonic()
            elif monotonic() - seen > self.seconds:
                with suppress(Exception):  # a gateway that does not answer is asked again
                    await scheduler.services["gateway"].gateway.shutdown()


@contextmanager
def connect(workers: int) -> Iterator[Client]:
    """Start a cluster with so many workers, or as many of them as the gateway allows, and connect to it.

    Its size stays the same: a worker that is lost is replaced by the gateway. (Adaptive scaling would start none, for
    `cluster.run` hands out no more tasks than there are workers.)

    Raises
    ------
    ValueError
        If dask-gateway is not installed or not configured, does not answer, or refuses; or if the cluster does not
        start, never has a worker, or runs without this course's code.
    """
    try:
        from dask_gateway import Gateway
    except ImportError:
        raise ValueError("--scheduler gateway needs the package dask-gateway (the extra `cluster` of this "
                         "course)") from None
    gateway = _ask("dask-gateway", Gateway)  # closes itself when it is collected, and complains then if it is closed
    name = f"dask-gateway at {gateway.address}"
    cluster = _ask(name, gateway.submit)
    try:
        running = _wait(lambda: _report(name, gateway, cluster, "RUNNING"), "its scheduler does not start")
        with _ask(name, Client, running.scheduler_address, security=running.security, set_as_default=False) as client:
            _end_when_left(client)
            _ask(name, gateway.scale_cluster, cluster, workers)
            _wait(lambda: _report(name, gateway, cluster, "RUNNING") and _has_worker(client), "it has no worker")
            yield client
    finally:
        _stop(gateway, cluster)


def _ask(name: str, request: Callable[..., Any], *arguments: Any, **options: Any) -> Any:
    """Ask the gateway for something; whatever goes wrong there is a `ValueError` with its name."""
    try:
        return request(*arguments, **options)
    except Exception as error:
        raise ValueError(f"{name}: {error or type(error).__name__}") from error


def _report(name: str, gateway: Any, cluster: str, wanted: str) -> Any:
    """Return what the gateway says of a cluster that has the state wanted, or None if it may still get there."""
    report = _ask(name, gateway.get_cluster, cluster)
    if report.status.name not in ("PENDING", "RUNNING"):
        raise ValueError(f"{name}: the cluster has ended ({report.status.name.lower()}); its logs say why, and most "
                         "likely the image of the workers lacks something")
    return report if report.status.name == wanted else None


def _has_worker(client: Client) -> bool:
    """Return whether there is a worker; where the scheduler is gone, the gateway will say so."""
    try:
        return bool(client.nthreads())
    except (OSError, RuntimeError, TimeoutError):
        return False


def _wait(ready: Callable[[], Any], otherwise: str) -> Any:
    """Wait until something is ready, and return it."""
    end = monotonic() + PATIENCE
    while monotonic() < end:
        found = ready()
        if found:
            return found
        sleep(0.5)
    raise ValueError(f"the cluster was given up after {PATIENCE} s, because {otherwise}: there may be no room for it, "
                     "or a limit of the gateway or the image of the workers may be in its way")


def _end_when_left(client: Client) -> None:
    """Have the cluster end by itself should this process be killed.

    Raises
    ------
    ValueError
        If the scheduler runs without this course's code.
    """
    try:
        client.register_plugin(End(LEFT))
    except ImportError as error:
        raise ValueError(f"the cluster cannot run this course's code ({error}): install the same there") from error


def _stop(gateway: Any, cluster: str) -> None:
    """Take the cluster down. If that cannot be had, it says so; there may be another error on its way."""
    try:
        gateway.stop_cluster(cluster)
    except Exception as error:
        print(f"autograder: the cluster {cluster} could not be stopped ({error}); it ends in {LEFT} s",
              file=sys.stderr)
