"""Watch the memory and the work of a process and all that it starts, by the kernel's own marks."""

import re
from dataclasses import dataclass, field
from pathlib import Path

import psutil

MARK = re.compile(r"VmHWM:\s+(\d+) kB")
NO_WORKER_MB = 60  # a smaller child is a keeper of semaphores, no worker


def read_peak(pid: int) -> int:
    """Give the most memory that a process has held so far, in bytes; 0 where it is gone."""
    try:
        marks = MARK.findall(Path(f"/proc/{pid}/status").read_text())
    except OSError:
        return 0
    return 1024 * int(marks[0]) if marks else 0


@dataclass(slots=True)
class Watch:
    """The peaks and the seconds of the processor of one process and its children, as far as they were seen."""

    pid: int
    peaks: dict[int, int] = field(default_factory=dict)
    seconds: dict[int, float] = field(default_factory=dict)

    def look(self) -> None:
        """Look at all of them once."""
        try:
            first = psutil.Process(self.pid)
            tree = [first, *first.children(recursive=True)]
        except psutil.Error:
            return
        for process in tree:
            try:
                spent = process.cpu_times()
            except psutil.Error:
                continue
            self.seconds[process.pid] = spent.user + spent.system
            self.peaks[process.pid] = max(self.peaks.get(process.pid, 0), read_peak(process.pid))

    @property
    def driver_mb(self) -> int:
        """The peak of the process itself."""
        return round(self.peaks.get(self.pid, 0) / 1e6)

    @property
    def workers_mb(self) -> list[int]:
        """The peaks of what it started, the largest first."""
        others = sorted((round(peak / 1e6) for pid, peak in self.peaks.items() if pid != self.pid), reverse=True)
        return [peak for peak in others if peak >= NO_WORKER_MB]
