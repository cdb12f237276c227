"""Hand tasks to Dask's workers: this machine's cores, or a cluster that is there already (or of `autograder.gateway`).

A worker on this machine is a process that does one task at a time. The connections between them are encrypted with a
key that exists only in memory: whoever can talk to a Dask scheduler can run code as its owner, and every user
of a machine can talk to its loopback ports.

With `--scheduler ADDRESS` the same holds for that cluster: who can reach it sees submissions and hidden tests and can
write grades. Keep it on a network of its own, or give Dask certificates (`distributed.comm.tls` in Dask's
configuration) and an address that starts with tls://.
"""

import faulthandler
import os
import queue
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from tempfile import TemporaryDirectory
from time import monotonic
from typing import Any

import cloudpickle
import dask
from distributed import Client, Future, LocalCluster
from distributed.scheduler import KilledWorker
from distributed.security import Security
from distributed.utils import get_mp_context

MEMORY = "2 GiB"
"""What a worker may use; what a student's kernel uses is counted apart."""

SETTINGS = {
    # Importing PyTorch takes seconds. One process does it; the workers are its copies.
    "distributed.worker.multiprocessing-method": "forkserver",
    "distributed.worker.memory.target": False,
    "distributed.worker.memory.spill": False,          # what comes back is small; nothing is written to disk
    "distributed.worker.memory.pause": False,
    "distributed.worker.memory.terminate": 0.95,
    "distributed.scheduler.http.routes": [],           # a port that distributed opens in any case says nothing
    "distributed.worker.http.routes": [],
}
PRELOAD = ["distributed", "autograder.task", "autograder.run", "autograder.trusted", "course_utils.degrade",
           "course_utils.metrics"]
DEATHS = 2
PATIENCE = 300
"""Seconds without any worker: a cluster may have to start one."""

LOST = "the connection to the scheduler is lost; start again to grade what is left"


class KilledError(RuntimeError):
    """A task has killed its worker, more than once."""


@contextmanager
def connect(*, workers: int | None = None, scheduler: str | None = None,
            patience: str = "20s") -> Iterator[Client]:
    """Start workers on this machine, or connect to a cluster.

    Parameters
    ----------
    workers : int, optional
        How many to start; by default one for each core that this process may use.
    scheduler : str, optional
        The address of a Dask scheduler; then no worker is started.
    patience : str
        How long that scheduler may take to answer.

    Raises
    ------
    ValueError
        If there is no scheduler at that address.
    """
    if scheduler:
        try:
            client = Client(scheduler, set_as_default=False, timeout=patience)
        except (OSError, ValueError) as error:
            raise ValueError(f"there is no Dask scheduler at {scheduler}: {error}") from None
        with client:
            yield client
        return
    with TemporaryDirectory(prefix="autograder-") as folder, dask.config.set(SETTINGS):
        get_mp_context().set_forkserver_preload(PRELOAD)
        with (LocalCluster(n_workers=workers or cores(), threads_per_worker=1, memory_limit=MEMORY, host="127.0.0.1",
                           protocol="tls://", security=Security.temporary(), dashboard_address="127.0.0.1:0",
                           scheduler_kwargs={"dashboard": False}, local_directory=folder,
                           silence_logs="CRITICAL") as cluster,
              Client(cluster, set_as_default=False) as client):
            yield client


def cores() -> int:
    """Return the number of cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def run(client: Client, task: Callable[[Any, Any], bytes], shared: Any, jobs: Iterable[Any], *,
        limit: float) -> Iterator[tuple[Any, bytes | KilledError]]:
    """Run a task for every job, as many at a time as there are workers, and yield each job with what came of it.

    Parameters
    ----------
    client : Client
        Of `connect`.
    task : callable
        Called with `shared` and a job.
    shared : object
        What all tasks need.
    jobs : iterable
        Read only as fast as workers are free.
    limit : float
        Seconds after which a worker that is still at one task is killed, whatever it hangs in.

    Raises
    ------
    ValueError
        If the connection to the cluster is lost, or if it has no workers.
    """
    packed = cloudpickle.dumps(task)  # or the scheduler would import it, with PyTorch, and be deaf meanwhile
    done = queue.SimpleQueue[Future]()
    waiting = (_Try(job) for job in jobs)
    again: list[_Try] = []
    running: dict[str, _Try] = {}
    left, seen = True, monotonic()
    while True:
        workers = _workers(client)
        seen = monotonic() if workers else seen
        if monotonic() - seen > PATIENCE:
            raise ValueError(f"for {PATIENCE} s there has been no worker; start again to grade what is left")
        # Dask itself would give a task whose worker died to one that is busy, and blame it when that one dies as well.
        # So a task is sent to one worker and waits for no other, and deaths are counted here.
        for key in [key for key, this in running.items() if this.worker not in workers]:
            this = running.pop(key)
            this.deaths += 1
            if this.deaths < DEATHS:
                again.append(this)
            else:
                yield this.job, KilledError(f"it took {DEATHS} workers with it")
        for worker in workers - {this.worker for this in running.values()}:
            following = again.pop() if again else next(waiting, None)
            if following is None:
                left = False
                break
            following.worker = worker
            following.future = client.submit(_guarded, packed, shared, following.job, limit, workers=[worker],
                                             pure=False)
            running[str(following.future.key)] = following
            following.future.add_done_callback(done.put)
        if not (running or again or left):
            return
        with suppress(queue.Empty):
            future = done.get(timeout=1)
            if str(future.key) not in running:
                continue
            result = _result(future)
            if result is not None:
                yield running.pop(str(future.key)).job, result
            else:
                done.put(future)  # by then its worker is known to be gone, or has found its voice


@dataclass
class _Try:
    """A job, the worker that has it now, and how many have died of it."""

    job: Any
    worker: str = ""
    future: Future | None = None
    deaths: int = 0


def _workers(client: Client) -> set[str]:
    """Return the addresses of the workers there are."""
    try:
        return set(client.nthreads())
    except (OSError, RuntimeError, TimeoutError) as error:
        raise ValueError(LOST) from error


def _result(future: Future) -> bytes | None:
    """Return a task's result, or None if its worker has died with it."""
    if future.status == "cancelled":
        raise ValueError(LOST)
    try:
        return future.result(timeout="60s")
    except (TimeoutError, KilledWorker):
        return None
    except ImportError as error:
        raise ValueError(f"a worker cannot run this course's code ({error}): install the same there") from error


def _guarded(packed: bytes, shared: Any, job: Any, limit: float) -> bytes:
    """Run a task on a worker, which dies if that takes too long; no thread does it, which would need Python's lock."""
    with open(os.devnull, "w") as nowhere:
        faulthandler.dump_traceback_later(limit, exit=True, file=nowhere)
        try:
            return cloudpickle.loads(packed)(shared, job)
        finally:
            faulthandler.cancel_dump_traceback_later()
