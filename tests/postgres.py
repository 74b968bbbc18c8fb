"""A PostgreSQL of the tests' own: made in a folder that goes with it, on a free port, as a user who is not root."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pg8000.native
import pytest

NUMBERS = count(1)
TO_DO = "PostgreSQL is not here: run `sh .ci/find-postgresql`, or install it (Debian: apt-get install postgresql)"


def find_programs() -> Path:
    """The newest PostgreSQL on this machine."""
    places = [Path(found).parent for name in ("initdb",) if (found := shutil.which(name))]
    places += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: -float(p.parent.name))
    found = next((place for place in places if (place / "initdb").exists()), None)
    if found is None:
        pytest.fail(TO_DO)
    return found


def as_postgres(*words: str | Path) -> list[str]:
    """A command as it must be run: PostgreSQL refuses root."""
    return [*(("runuser", "-u", "postgres", "--") if os.geteuid() == 0 else ()), *map(str, words)]


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


class PostgreSQL:
    """A server of a test's own, which can be stopped and started."""

    def __init__(self) -> None:
        self.programs, self.folder, self.port = find_programs(), Path(tempfile.mkdtemp(prefix="postgres-")), free_port()
        if os.geteuid() == 0:
            owner = pwd.getpwnam("postgres")
            os.chown(self.folder, owner.pw_uid, owner.pw_gid)
        made = [self.programs / "initdb", "-D", self.folder / "base", "-U", "tester", "-A", "trust", "-E", "UTF8"]
        subprocess.run(as_postgres(*made, "--no-sync"), check=True, capture_output=True, cwd=self.folder)
        self.address = f"postgresql://tester@127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it, and return when it answers."""
        settings = {"fsync": "off", "listen_addresses": "127.0.0.1", "port": self.port,
                    "unix_socket_directories": self.folder}  # fmt: skip
        told = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        self.process = subprocess.Popen(
            as_postgres(self.programs / "postgres", "-D", self.folder / "base", *told),
            stdout=subprocess.DEVNULL, stderr=(self.folder / "said").open("wb"), cwd=self.folder,
        )  # fmt: skip
        wait_until_up(self.port, self.process, self.folder / "said")

    def stop(self) -> None:
        """Stop it, whoever is connected."""
        stop(self.folder / "base" / "postmaster.pid", self.process)

    def make_database(self) -> str:
        """The address of a new, empty database of it."""
        return make_database(self.address)

    def __enter__(self) -> "PostgreSQL":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of a running server, without the name of a database."""
    with PostgreSQL() as one:
        yield one.address


def wait_until_up(port: int, process: "subprocess.Popen[bytes]", said: Path) -> None:
    """Return when it answers."""
    for _ in range(200):
        try:
            pg8000.native.Connection("tester", host="127.0.0.1", port=port, database="postgres").close()
        except (OSError, pg8000.native.Error, pg8000.exceptions.InterfaceError):
            if process.poll() is not None:
                break
            time.sleep(0.05)
        else:
            return
    pytest.fail(f"PostgreSQL did not start: {said.read_text(errors='replace')[-500:]}")


def stop(pid_file: Path, process: "subprocess.Popen[bytes]") -> None:
    """Stop the server by the id it wrote down: behind runuser it is not the process that was started."""
    if pid_file.exists():
        os.kill(int(pid_file.read_text().split()[0]), 2)
    process.wait(20)


def make_database(server: str) -> str:
    """The address of a new, empty database."""
    name = f"log{next(NUMBERS)}"
    port = int(server.rpartition(":")[2])
    with pg8000.native.Connection("tester", host="127.0.0.1", port=port, database="postgres") as one:
        one.run(f"CREATE DATABASE {name}")
    return f"{server}/{name}"


@pytest.fixture(params=["file", "sqlite", "postgresql"])
def log_address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where an empty log of each form is."""
    if request.param == "postgresql":
        return make_database(request.getfixturevalue("server"))
    return str(tmp_path / "corrections.csv") if request.param == "file" else f"sqlite:///{tmp_path / 'log.db'}"
