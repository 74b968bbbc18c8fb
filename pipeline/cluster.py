"""Hand out work to Dask workers: processes of this machine's own, or those of a cluster.

A worker that dies costs the task it was at, which another one does again; a task at which workers die again and again
is given back as lost. Tasks are sent a few ahead of the workers, so the rest stays where it came from.
"""

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any

import dask
from distributed import Client, Future, KilledWorker, LocalCluster, as_completed

from pipeline.cache import name_reader
from pipeline.crew import Crew, CrewError, Done, Result, Task

QUIET = {"distributed.admin.large-graph-warning-threshold": "1 TB"}  # a block of a large country is sent as it is
AHEAD = 3  # tasks that are sent ahead for each worker, so that none waits
PATIENCE = 20  # seconds until a scheduler must have answered


class DaskCrew(Crew):
    """The workers of a Dask scheduler."""

    is_here = False

    def __init__(self, client: Client) -> None:
        """Take the workers that are there, and those that come later."""
        self.client = client

    @property
    def size(self) -> int:
        """The number of workers there are now."""
        return max(1, len(self.client.scheduler_info(n_workers=-1)["workers"]))

    def work(self, do: Callable[[Task], Result], tasks: Iterable[Task]) -> Iterator[Done[Task, Result]]:
        """Give each task with its result, as they come."""
        waiting = iter(tasks)
        sent: dict[str, Task] = {}
        done = as_completed(loop=self.client.loop)  # type: ignore[no-untyped-call]
        self._send(do, islice(waiting, AHEAD * self.size), sent, done)
        for future in done:
            task = sent.pop(str(future.key))
            yield Done(task, take_result(future))
            future.release()
            self._send(do, islice(waiting, 1 + max(0, AHEAD * self.size - len(sent) - 1)), sent, done)

    def _send(
        self, do: Callable[[Task], Result], tasks: Iterable[Task], sent: dict[str, Task], done: as_completed
    ) -> None:
        """Send tasks to the workers; a task is its own, however like another it may be."""
        for task in tasks:
            future = self.client.submit(do, task, pure=False)
            sent[str(future.key)] = task
            done.add(future)  # type: ignore[no-untyped-call]


def take_result(future: Future[Any]) -> Any:  # noqa: ANN401  whatever the task gives
    """Give the result of a task, or None where the workers that tried it died; raises what the task raised."""
    try:
        return future.result()
    except KilledWorker:
        return None


@contextmanager
def start_workers(workers: int) -> Iterator[Crew]:
    """Give worker processes of this machine's own, which end with the build; only this machine can reach them."""
    settings = QUIET | {
        "distributed.logging.distributed": "critical",
        "distributed.admin.system-monitor.gil.enabled": False,
        "distributed.comm.timeouts.connect": "5 minutes",  # a machine that is busy starts processes slowly
        "distributed.comm.timeouts.tcp": "5 minutes",
    }
    with (
        dask.config.set(settings),
        LocalCluster(  # type: ignore[no-untyped-call]
            n_workers=workers,
            threads_per_worker=1,
            processes=True,
            host="127.0.0.1",
            dashboard_address=None,
            memory_limit=0,
            silence_logs=logging.CRITICAL,
        ) as ours,
        Client(ours, set_as_default=False) as client,  # type: ignore[no-untyped-call]
    ):
        yield DaskCrew(client)


@contextmanager
def join_cluster(address: str) -> Iterator[Crew]:
    """Give the workers of a cluster; they must be of this version of the reader, since they read in its place."""
    try:
        client = Client(address, timeout=PATIENCE, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise CrewError(
            f"No Dask scheduler answers at {address}: start one (`dask scheduler`), or mend the address."
        ) from error
    with client, dask.config.set(QUIET):
        refuse_others(client, address)
        yield DaskCrew(client)


def refuse_others(client: Client, address: str) -> None:
    """Raise CrewError where the cluster has no worker, or one that would read otherwise than this process."""
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
        readers = client.run(name_reader)
    except TimeoutError as error:
        raise CrewError(f"The cluster at {address} has no worker: start one (`dask worker {address}`).") from error
    except ImportError as error:
        raise CrewError(f"The workers at {address} cannot import the pipeline: start them in its folder.") from error
    if strange := sorted(worker for worker, reader in readers.items() if reader != name_reader()):
        raise CrewError(
            f"{len(strange)} of {len(readers)} workers at {address} have another version of the pipeline or its word "
            f"lists ({strange[0]}): bring them to this version and start them again."
        )
