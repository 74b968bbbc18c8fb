"""Write files into one archive that seals each of them, and open such an archive only where every seal is true.

It is a BagIt bag (RFC 8493) in a ZIP file: whoever unpacks it checks it with `sha256sum -c manifest-sha256.txt`. It is
written aside and put in its place at the end, so that a name never leads to half of one.
"""

import hashlib
import os
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

DECLARED = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
ABOUT, INFO, MANIFEST, TAGS = "bagit.txt", "bag-info.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt"
PAYLOAD = "data/"
OXUM = "Payload-Oxum"  # the bytes and the number of all files, as BagIt names it
NO_CLOCK = (1980, 1, 1, 0, 0, 0)
PART = 1 << 20
MOST_TAGS = 1 << 26  # bytes of a list of seals: some half a million files


class BagError(Exception):
    """An archive cannot be written, or is not whole; the message is one sentence that says what to do."""


@dataclass(frozen=True, slots=True)
class Bag:
    """An archive whose every seal was found true: its files by name, with their SHA-256, and what it says of itself."""

    archive: zipfile.ZipFile
    seals: Mapping[str, str]
    info: Mapping[str, str]

    def read(self, name: str) -> bytes:
        """Give the content of a file; raises BagError where it is not there."""
        if name not in self.seals:
            raise BagError(f"The archive holds no {name}: take another one.")
        return self.archive.read(PAYLOAD + name)

    def copy(self, name: str, to: IO[bytes]) -> None:
        """Copy the content of a file."""
        with self.archive.open(PAYLOAD + name) as file:
            while part := file.read(PART):
                to.write(part)


def write_bag(path: Path, files: Mapping[str, Path | bytes], info: Mapping[str, str]) -> None:
    """Write an archive of files, given by name as a place or as content. Raises BagError where it is not ours."""
    if path.is_dir() or (path.exists() and not is_bag(path)):
        raise BagError(f"{path} is there and no backup: name another file.")
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, aside = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
                _fill(archive, files, info)
            file.flush()
            os.fsync(file.fileno())
        Path(aside).replace(path)
    finally:
        Path(aside).unlink(missing_ok=True)


def _fill(archive: zipfile.ZipFile, files: Mapping[str, Path | bytes], info: Mapping[str, str]) -> None:
    """Write the files, then what seals them."""
    seals, size = dict[str, str](), 0
    for name, content in sorted(files.items()):
        seals[PAYLOAD + name], written = _add(archive, PAYLOAD + name, content)
        size += written
    told = "".join(f"{key}: {value}\n" for key, value in {**info, OXUM: f"{size}.{len(files)}"}.items())
    tags = {ABOUT: DECLARED, INFO: told, MANIFEST: write_manifest(seals)}
    sealed = {name: _add(archive, name, text.encode("utf-8"))[0] for name, text in tags.items()}
    _add(archive, TAGS, write_manifest(sealed).encode("utf-8"))


def _add(archive: zipfile.ZipFile, name: str, content: Path | bytes) -> tuple[str, int]:
    """Write one file; give its seal and size, of what was written and not of what lies there a moment later."""
    seal, size = hashlib.sha256(), 0
    entry = zipfile.ZipInfo(name, NO_CLOCK)
    entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
    with archive.open(entry, "w", force_zip64=True) as to:
        for part in (content,) if isinstance(content, bytes) else read_parts(content):
            seal.update(part)
            size += to.write(part)
    return seal.hexdigest(), size


def read_parts(path: Path) -> Iterator[bytes]:
    """Give the content of a file, piece by piece."""
    with path.open("rb") as file:
        while part := file.read(PART):
            yield part


def write_manifest(seals: Mapping[str, str]) -> str:
    r"""Give the text that seals files; BagIt writes the ends of lines in names as URLs do.

    >>> write_manifest({"data/a b.txt": "00ff"})
    '00ff  data/a b.txt\n'
    """
    return "".join(f"{seal}  {escape(name)}\n" for name, seal in sorted(seals.items()))


def read_manifest(text: str) -> dict[str, str]:
    r"""Read such a text.

    >>> read_manifest("00ff  data/a%0Ab.txt\n")
    {'data/a\nb.txt': '00ff'}
    """
    parts = (line.split(maxsplit=1) for line in text.split("\n") if line.strip())
    return {name.replace("%0A", "\n").replace("%0D", "\r").replace("%25", "%"): seal.lower() for seal, name in parts}


def escape(name: str) -> str:
    """Give a name on one line."""
    return name.replace("%", "%25").replace("\n", "%0A").replace("\r", "%0D")


def is_bag(path: Path) -> bool:
    """Tell whether a file is such an archive at all."""
    try:
        with zipfile.ZipFile(path) as archive:
            return ABOUT in archive.namelist()
    except zipfile.BadZipFile:
        return False


@contextmanager
def open_bag(path: Path) -> Iterator[Bag]:
    """Open an archive of which every file was read and found to be what was sealed; raises BagError."""
    if not path.is_file():
        raise BagError(f"There is no file {path}: check the path.")
    try:
        with zipfile.ZipFile(path) as archive:
            yield Bag(archive, *_check(archive, path))
    except zipfile.BadZipFile as error:
        raise BagError(f"{path} is no whole backup ({tell(error)}): take another one.") from error


def _check(archive: zipfile.ZipFile, path: Path) -> tuple[dict[str, str], dict[str, str]]:
    """Give the seals of the files and what the archive says of itself, or raise BagError saying what is amiss."""
    try:
        tags = read_manifest(_read_tag(archive, TAGS))
        texts = {name: _read_tag(archive, name) for name in (ABOUT, INFO, MANIFEST)}
        seals = read_manifest(texts[MANIFEST])
        info = dict(line.split(": ", 1) for line in texts[INFO].splitlines() if ": " in line)
        size, _, many = info[OXUM].partition(".")
        promised = (int(size), int(many))
    except Exception as error:  # zlib, zipfile and the disk each have errors of their own
        raise BagError(f"{path} is no whole backup ({tell(error)}): take another one.") from error
    entries = [entry for entry in archive.infolist() if entry.filename.startswith(PAYLOAD)]
    names = [entry.filename for entry in entries]
    if sorted(names) != sorted(seals) or promised != (sum(entry.file_size for entry in entries), len(names)):
        raise BagError(f"{path} does not hold the files that it seals: take another backup.")
    if strange := next((name for name in names if not is_safe(name)), None):
        raise BagError(f"{path} holds {strange!r}, which no backup holds: take another one.")
    for name, seal in {**tags, **seals}.items():
        if _seal(archive, name) != seal:
            raise BagError(f"{path}: {name} is not what was sealed: take another backup.")
    return {name.removeprefix(PAYLOAD): seal for name, seal in seals.items()}, info


def _read_tag(archive: zipfile.ZipFile, name: str) -> str:
    """Read one of the files that describe the others."""
    if archive.getinfo(name).file_size > MOST_TAGS:
        raise ValueError(f"{name} is too long")
    return archive.read(name).decode("utf-8")


def _seal(archive: zipfile.ZipFile, name: str) -> str:
    """Give the SHA-256 of a file in an archive, "" where it cannot be read."""
    seal = hashlib.sha256()
    try:
        with archive.open(name) as file:
            while part := file.read(PART):
                seal.update(part)
    except Exception:  # zlib, zipfile and the disk each have errors of their own: none of them is a whole file
        return ""
    return seal.hexdigest()


def is_safe(name: str) -> bool:
    """Tell whether a name stays below the folder that it is unpacked in.

    >>> [is_safe(name) for name in ("data/words/a.csv", "data/../a", "data//a", "/data/a", "data/.lock")]
    [True, False, False, False, False]
    """
    parts = PurePosixPath(name).parts
    return not any(part.startswith((".", "/")) for part in parts) and "/".join(parts) == name


def tell(error: BaseException) -> str:
    """Give what an error says, on one line."""
    return " ".join(str(error).split())[:120] or type(error).__name__
