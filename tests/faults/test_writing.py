"""Writing one file: every way in which it cannot be, and what stays as it was."""

import errno
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from kexie_docs.errors import OutputError
from kexie_docs.writers import files
from kexie_docs.writers.files import TEMPORARY_PREFIX, clear_stale, write_whole
from kexie_docs.writers.names import portable_stem
from tests.support.cli import Run


def refusal(path: Path, data: bytes = b"new") -> str:
    """Write where that is impossible; return code, reason and hint."""
    with pytest.raises(OutputError) as caught:
        write_whole(path, data)
    (problem,) = caught.value.problems
    return f"{problem.code} {problem.what} {problem.hint}"


def litter(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.name.startswith(TEMPORARY_PREFIX)]


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        (errno.ENOSPC, "the disk is full"),
        (errno.EDQUOT, "the disk is full"),
        (errno.EROFS, "the folder is read-only"),
        (errno.EACCES, "another program (Word, WPS) has it open"),
        (errno.EIO, f"error {errno.EIO}"),
    ],
)
@pytest.mark.parametrize("call", ["fsync", "rename"])
def test_error_of_the_system_leaves_the_old_file_and_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, reason: str, call: str
) -> None:
    target = tmp_path / "a.docx"
    target.write_bytes(b"old")

    def fail(*_arguments: object) -> None:
        raise OSError(number, os.strerror(number))

    if call == "fsync":
        monkeypatch.setattr(os, "fsync", fail)
    else:
        monkeypatch.setattr(Path, "replace", fail)
    assert reason in refusal(target)
    assert target.read_bytes() == b"old"
    assert litter(tmp_path) == []


def test_a_file_that_word_holds_open_is_tried_again_then_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only Windows refuses to replace an open file, so its refusal is played."""
    tries: list[Path] = []
    real = Path.replace

    def busy(self: Path, target: Path) -> Path:
        tries.append(self)
        if len(tries) < 3:
            raise PermissionError(errno.EACCES, "sharing violation")
        return real(self, target)

    monkeypatch.setattr(files, "_BUSY_WAITS", (0.0, 0.0))
    monkeypatch.setattr(Path, "replace", busy)
    write_whole(tmp_path / "a.docx", b"new")
    assert (len(tries), (tmp_path / "a.docx").read_bytes()) == (3, b"new")
    tries.clear()
    monkeypatch.setattr(files, "_BUSY_WAITS", (0.0,))
    said = refusal(tmp_path / "a.docx")
    assert "KD601" in said
    assert "close the program (Word, WPS)" in said
    assert litter(tmp_path) == []


@pytest.mark.parametrize("name", ["总结.docx", "报告二五.docx", "张掖市科协2025年工作总结.docx"])
def test_a_document_that_is_open_in_a_word_processor_is_not_replaced(tmp_path: Path, name: str) -> None:
    target = tmp_path / name
    write_whole(target, b"old")
    stem = len(target.stem)
    for lock in (f".~lock.{name}#", "~$" + name[0 if stem <= 6 else 1 if stem == 7 else 2 :]):
        (tmp_path / lock).write_bytes(b"")
        said = refusal(target)
        assert "it is open in Word" in said
        assert lock in said
        assert target.read_bytes() == b"old"
        (tmp_path / lock).unlink()
    write_whole(target, b"new")


def test_a_lock_that_two_documents_share_says_nothing(tmp_path: Path) -> None:
    """Word writes over the first two characters, so 张掖 and 庆阳 have one lock."""
    names = ["张掖市科协2025年总结.docx", "庆阳市科协2025年总结.docx"]
    for name in names:
        write_whole(tmp_path / name, b"old")
    (tmp_path / "~$市科协2025年总结.docx").write_bytes(b"")
    for name in names:
        write_whole(tmp_path / name, b"new")


def test_a_write_protected_file_is_not_replaced_even_by_root(tmp_path: Path) -> None:
    target = tmp_path / "a.pdf"
    target.write_bytes(b"old")
    target.chmod(stat.S_IRUSR)
    assert "write-protected" in refusal(target)
    assert target.read_bytes() == b"old"


def test_what_is_no_file_is_not_replaced(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.pdf")
    (tmp_path / "folder.pdf").mkdir()
    (tmp_path / "file").write_bytes(b"")
    (tmp_path / "round.pdf").symlink_to(tmp_path / "about.pdf")
    (tmp_path / "about.pdf").symlink_to(tmp_path / "round.pdf")
    assert "not a regular file" in refusal(tmp_path / "pipe.pdf")
    assert "it is a folder" in refusal(tmp_path / "folder.pdf")
    assert "not a folder" in refusal(tmp_path / "file" / "a.pdf")
    assert "leads nowhere" in refusal(tmp_path / "round.pdf")
    assert "leads nowhere" in refusal(tmp_path / "a\0.pdf")
    assert "name is too long" in refusal(tmp_path / ("长" * 100 + ".pdf"))
    assert "name is too long" in refusal(tmp_path.joinpath(*["deep" * 20] * 60) / "a.pdf")
    assert litter(tmp_path) == []


def test_a_link_is_written_through(tmp_path: Path) -> None:
    (tmp_path / "far").mkdir()
    (tmp_path / "far" / "a.pdf").write_bytes(b"old")
    for name, goal in (("link.pdf", "far/a.pdf"), ("dangling.pdf", "far/b.pdf")):
        (tmp_path / name).symlink_to(tmp_path / goal)
        write_whole(tmp_path / name, b"new")
        assert (tmp_path / name).is_symlink()
        assert (tmp_path / goal).read_bytes() == b"new"


def test_leftovers_of_dead_processes_are_cleared_and_nothing_else(tmp_path: Path) -> None:
    """A killed build cannot clean up after itself; the next one does."""
    program = (
        "import os, sys; from pathlib import Path; from kexie_docs.writers import files\n"
        "os.fsync = lambda handle: os.kill(os.getpid(), 9)\n"
        "files.write_whole(Path(sys.argv[1]), b'half')"
    )
    dead = subprocess.run([sys.executable, "-c", program, str(tmp_path / "a.pdf")], check=False)
    assert dead.returncode == -9
    (killed,) = litter(tmp_path)
    machine, _, number = killed.removeprefix(TEMPORARY_PREFIX).split("-")
    alive = f"{TEMPORARY_PREFIX}{machine}-{os.getppid()}-{number}"
    elsewhere = f"{TEMPORARY_PREFIX}00000000-{os.getpid()}-{number}"
    old = f"{TEMPORARY_PREFIX}00000000-1-{number}"
    kept = {alive, elsewhere, ".kexie-docs-notes.txt", "a.tmp"}
    for name in (*kept, old):
        (tmp_path / name).write_bytes(b"")
    os.utime(tmp_path / old, (0, 0))
    clear_stale(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == kept
    clear_stale(tmp_path / "none")


@pytest.mark.parametrize(
    ("stem", "expected"),
    [
        ("张掖-2025", "张掖-2025"),
        ("CON", "CON_"),
        ("con.2025", "con_.2025"),
        ("COM¹", "COM¹_"),
        ("nul ", "nul_"),
        ("console", "console"),
        ('a<b>c:d"e|f?g*h\\i', "a_b_c_d_e_f_g_h_i"),
        ("总结. ", "总结__"),
        ("...", "___"),
        ("a\u202eb\x01", "a_b_"),
        ("-rf", "_-rf"),
    ],
)
def test_names_are_such_as_windows_takes(stem: str, expected: str) -> None:
    assert portable_stem(stem) == expected
    assert portable_stem(expected) == expected


def test_an_input_with_a_name_that_windows_refuses_is_built_under_another(command: Run, folder: Path) -> None:
    (folder / "small.yaml").rename(folder / "年报:2025?.yaml")
    outcome = command("build", "年报:2025?.yaml", "-f", "docx")
    assert outcome.code == 0
    assert outcome.out == "outputs/年报_2025_.docx\n"
    assert "warning KD611" in outcome.err


def test_a_name_that_the_user_chose_is_refused_where_windows_would(command: Run, folder: Path) -> None:
    outcome = command("build", "small.yaml", "-o", "AUX.pdf")
    assert outcome.code == 6
    assert "KD612" in outcome.err
    assert "AUX_.pdf" in outcome.err


@pytest.mark.parametrize(("one", "two"), [("A", "a"), ("e\u0301", "\u00e9"), ("年:报", "年_报"), ("ß", "SS")])
def test_outputs_that_would_be_one_file_elsewhere_are_refused(
    command: Run, folder: Path, one: str, two: str
) -> None:
    text = (folder / "small.yaml").read_text(encoding="utf-8")
    for name in (one, two):
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    outcome = command("build", f"{one}.yaml", f"{two}.yaml")
    assert outcome.code == 6
    assert "KD603" in outcome.err
    assert not (folder / "outputs").exists()
