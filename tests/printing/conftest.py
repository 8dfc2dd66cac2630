"""A print server for all tests of this folder, and a summary of five pages to print."""

import os
import shutil
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.cli.conftest import command, folder
from tests.printing.print_server import PrintServer, print_server

__all__ = ["command", "folder"]

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def server() -> Iterator[PrintServer]:
    with print_server() as running:
        yield running


@dataclass(frozen=True)
class Office:
    """A printer, and the file that what it prints goes to."""

    server: PrintServer
    name: str
    device: Path


@pytest.fixture
def office(server: PrintServer, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Office:
    """A duplex printer of this test's own."""
    name = f"office-{zlib.crc32(request.node.name.encode())}"
    monkeypatch.setenv("CUPS_SERVER", server.address)
    return Office(server, name, server.add_printer(name))


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the two files of the example that has five pages."""
    from kexie_docs.pipeline import Workshop, load
    from kexie_docs.writers.names import FORMATS

    target = tmp_path_factory.mktemp("built")
    workshop = Workshop(target, os.environ)
    composition = workshop.compose(load(ROOT / "inputs" / "zhangye-2025.yaml"))
    for ending in FORMATS:
        (target / f"zhangye-2025.{ending}").write_bytes(workshop.render(composition, ending))
    return target


@pytest.fixture
def summary(built: Path, folder: Path) -> Path:
    """The five-page summary in the current folder, as Word file and PDF."""
    for ending in ("docx", "pdf"):
        shutil.copy(built / f"zhangye-2025.{ending}", folder)
    return folder / "zhangye-2025.pdf"
