"""Someone who decides without end, in a process of their own that a test kills."""

import os
import random
import sys
from pathlib import Path

from pipeline.curation.drafts import Draft
from pipeline.curation.log import FileLog, Log
from pipeline.curation.people import Person
from pipeline.curation.sql_log import SqlLog

ANA = Person("Ana", True, "single user")


def open_at(address: str) -> Log:
    """The log at a path or URL."""
    return SqlLog(address) if "://" in address else FileLog(Path(address))


def write_batch(log: Log, by: Person, size: int, words: str = "") -> list[str]:
    """Save some decisions in one go, each of which says how many they are; their ids."""
    drafts = [Draft("a:0", "city", "Testa", f'{words}"{no}",\n', f"one of {size}") for no in range(size)]
    return [row.row_id for row in log.append(drafts, by)]


def write_on(address: str, seed: int) -> None:
    """Decide for ever, and tell the ids of each decision once it is said to be saved."""
    chance, log = random.Random(seed), open_at(address)
    if seed % 4:  # the others are killed while they open it, too
        log.read()
    tell("ready")
    while True:
        tell(*write_batch(log, ANA, chance.choice((1, 1, 2, 9)), "x" * chance.choice((0, 10, 10, 2000))))


def write_some(address: str, name: str, times: int) -> None:
    """Decide so many times."""
    log = open_at(address)
    for no in range(times):
        write_batch(log, Person(name, True, "signed in"), 1 + no % 3)


def tell(*words: str) -> None:
    """Tell whoever started this, in one piece."""
    os.write(1, (" ".join(words) + "\n").encode())


def nurse() -> None:
    """Start writers as told, one after the other, made at once from this process; tell when it is dead."""
    for line in sys.stdin:
        address, seed = line.split()
        child = os.fork()
        if not child:
            tell(str(os.getpid()))
            write_on(address, int(seed))
        os.waitpid(child, 0)
        tell("dead")


if __name__ == "__main__":
    nurse() if len(sys.argv) == 1 else write_some(*sys.argv[1:3], int(sys.argv[3]))
