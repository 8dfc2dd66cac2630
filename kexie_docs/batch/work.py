"""What is handed to whoever builds one document, and what comes back: plain values for other processes."""

from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum
from pathlib import Path

from kexie_docs.errors import ExitCode, Problem
from kexie_docs.frozen import dataclass
from kexie_docs.writers.ledger import Entry
from kexie_docs.writers.names import Format


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What holds for all documents of a batch.

    Attributes:
        output: folder of the files.
        template: name of a template for all; None takes each input's own.
        formats: which files to make.
        style: ``office`` or ``strict``; None takes what each template extends.
        grid: whether the PDFs show type area, grid and line boxes.
        proof: whether checking copies are made in place of the documents.
        force: whether documents are built that are still current.
    """

    output: Path
    template: str | None = None
    formats: tuple[Format, ...] = ("docx", "pdf")
    style: str | None = None
    grid: bool = False
    proof: bool = False
    force: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """One document to build.

    Attributes:
        source: its input.
        options: of the batch.
        project: folder whose ``templates/`` come first.
        made: digest of program, fonts, templates and options; see `kexie_docs.batch.setting`.
        written: what the ledger has of the files it may become, by name as the ledger spells it.
    """

    source: Path
    options: Options
    project: Path
    made: str
    written: Mapping[str, tuple[Entry, ...]] = field(default_factory=dict)


class Status(StrEnum):
    """What became of an input."""

    WRITTEN = "written"
    UNCHANGED = "unchanged"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one input.

    Attributes:
        source: the input.
        status: in a word.
        written: files that were written, also where a later one failed.
        problems: warnings, and with ``failed`` the errors.
        exit_code: 0, or what a run with this input alone would end with.
        crash: traceback of an error of our own, or None.
    """

    source: Path
    status: Status
    written: tuple[Path, ...] = ()
    problems: tuple[Problem, ...] = ()
    exit_code: ExitCode = ExitCode.DONE
    crash: str | None = None
