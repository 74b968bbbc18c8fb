"""Hand out work: to this process alone, to some of this machine, or to those of a Dask cluster.

The work is a pure function of what is sent along, so it gives the same everywhere.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")


class CrewError(Exception):
    """There are no workers to work with; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Done(Generic[Task, Result]):
    """A task, and what came of it: None where workers died of it."""

    task: Task
    result: Result | None


class Crew:
    """One process, the present one: it does each task when its result is asked for."""

    is_here = True

    def work(self, do: Callable[[Task], Result], tasks: Iterable[Task]) -> Iterator[Done[Task, Result]]:
        """Give each task with its result, in any order; `tasks` are taken only as far ahead as workers need."""
        return (Done(task, do(task)) for task in tasks)
