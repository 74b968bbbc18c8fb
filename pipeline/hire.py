"""Find the workers for a build: this process alone, some of this machine, or those of a cluster."""

from collections.abc import Iterator
from contextlib import contextmanager

from pipeline.crew import Crew


@contextmanager
def hire_crew(workers: int = 1, cluster: str = "") -> Iterator[Crew]:
    """Give so many workers on this machine, or those of the cluster at an address; raises CrewError without any."""
    if cluster:
        from pipeline.cluster import join_cluster

        with join_cluster(cluster) as crew:
            yield crew
    elif workers > 1:
        from pipeline.cluster import start_workers

        with start_workers(workers) as crew:
            yield crew
    else:
        yield Crew()
