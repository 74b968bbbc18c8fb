"""Commands in processes of their own that a fault befalls: one process makes them all, by forking.

Each line of its input is a command as JSON, with what is to go wrong; each line of its output is how that ended.
"""

import datetime
import gc
import importlib
import json
import os
import resource
import signal
import sys
import time
from pathlib import Path

WRITES = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.truncate", "os.chmod", "ctypes.dlsym"}


def turn_clock(seconds):
    """Make every clock that our own modules ask be wrong; what is compiled takes no other kind of day."""
    real, day, now = datetime.datetime, datetime.date, time.time

    class Stand(type):
        """Stands in for a kind of day: what it makes is of the real kind."""

        def __call__(cls, *words, **named):
            return cls.real(*words, **named)

        def __getattr__(cls, name):
            return getattr(cls.real, name)

        def __instancecheck__(cls, one):
            return isinstance(one, cls.real)

    class Wrong(metaclass=Stand):
        real = datetime.datetime

        @staticmethod
        def now(tz=None):
            return real.fromtimestamp(time.time(), tz)

    class WrongDay(metaclass=Stand):
        real = datetime.date

        @staticmethod
        def today():
            return day.fromtimestamp(time.time())

    time.time = lambda: now() + seconds
    for name, module in list(sys.modules.items()):
        for word, was, becomes in (("datetime", real, Wrong), ("date", day, WrongDay)):
            if name.startswith("pipeline") and getattr(module, word, None) is was:
                setattr(module, word, becomes)


def stop_at_write(kill, hold, note):
    """End this process as a power cut does, or hold it, at so many-th step of writing; 0 is never. Gives the count."""
    count = 0

    def hear(event, told):
        nonlocal count
        is_write = event in WRITES or (
            event == "open" and isinstance(told[2], int) and told[2] & (os.O_WRONLY | os.O_RDWR)
        )
        if not is_write or (event == "ctypes.dlsym" and told[1] != "renameat2"):
            return
        count += 1
        if count == kill:
            os.kill(os.getpid(), signal.SIGKILL)
        if count == hold:
            Path(note).write_text(str(os.getpid()), encoding="ascii")
            os.kill(os.getpid(), signal.SIGSTOP)

    sys.addaudithook(hear)
    return lambda: count


def befall(told):
    """Bring about what goes wrong from the start; give what counts the writes."""
    os.environ.update(told.get("env", {}))
    if "limit" in told:
        resource.setrlimit(resource.RLIMIT_FSIZE, (told["limit"], told["limit"]))
    if "uid" in told:
        os.setgroups([])
        os.setgid(told["uid"])
        os.setuid(told["uid"])
    if "after" in told:
        signal.signal(signal.SIGALRM, lambda *_: os.kill(os.getpid(), signal.SIGKILL))
        signal.setitimer(signal.ITIMER_REAL, told["after"])
    return stop_at_write(told.get("at", 0), told.get("hold", 0), told["held"])


def run(told):
    """Run a command to its end, and leave this process with its exit code."""
    from pipeline.__main__ import main  # noqa: PLC0415

    for number, name in enumerate(("stdout", "stderr"), 1):
        os.dup2(os.open(told[name], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644), number)
    sys.argv = ["pipeline", *told["words"]]
    count = befall(told)
    code = 0
    try:
        main()
    except SystemExit as end:
        code = end.code or 0
    try:
        sys.stdout.flush()
    except OSError:
        code = code or 120  # as Python ends
    os.write(told["pipe"], str(count()).encode())
    os._exit(code)


def serve(wrong, loaded):
    """Run what the lines of the input say, each in a process of its own."""
    # What is imported once is there for every command.
    for name in (
        "run",
        "suggest",
        "curation.backup",
        "curation.sql_log",
        "curation.upload_book",
        "brief.briefs",
        "history",
        "correct",
    ):
        importlib.import_module(f"pipeline.{name}")
    if loaded:
        importlib.import_module("pipeline.reports.language").load_tools()
    if wrong:
        turn_clock(wrong)
    gc.freeze()  # a child that looks for garbage would copy all of it
    print("ready", flush=True)
    for line in sys.stdin:
        told = json.loads(line)
        read, write = os.pipe()
        child = os.fork()
        if not child:
            run(told | {"pipe": write})
        os.close(write)
        _, status = os.waitpid(child, 0)
        count = os.read(read, 20).decode() or "0"
        os.close(read)
        print(json.dumps({"code": os.waitstatus_to_exitcode(status), "writes": int(count)}), flush=True)


if __name__ == "__main__":
    serve(float(sys.argv[1]), sys.argv[2] == "loaded")
