"""No command but `fonts install` and `print` opens a connection."""

import socket
from pathlib import Path

import docx
import pytest

from tests.support.cli import SMALL, Run


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Let every attempt to connect or to look up a name fail; return the list of them."""
    tried: list[object] = []

    def refuse(*arguments: object, **named: object) -> None:
        tried.append(arguments)
        raise OSError("no network here")

    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, refuse)
    for name in ("getaddrinfo", "gethostbyname", "create_connection"):
        monkeypatch.setattr(socket, name, refuse)
    return tried


def test_the_guard_of_this_test_sees_a_connection(no_network: list[object]) -> None:
    with pytest.raises(OSError, match="no network here"):
        socket.create_connection(("127.0.0.1", 9))
    assert len(no_network) == 1


def test_commands_open_no_connection(command: Run, folder: Path, no_network: list[object]) -> None:
    text = SMALL.replace(
        "  {{年度}}年", "  见 https://example.org/a 和 http://example.org/b.png ，{{年度}}年"
    )
    (folder / "small.yaml").write_text(text, encoding="utf-8")
    form = docx.Document()
    form.add_paragraph("{{ 单位.全称 }}")
    form.save(str(folder / "form.docx"))
    runs = (
        ("new", "begun.yaml"),
        ("build", "small.yaml"),
        ("build", "--proof", "small.yaml"),
        ("check", "small.yaml"),
        ("check", "outputs/small.docx", "outputs/small.pdf"),
        ("verify", "outputs/small.docx", "small.yaml"),
        ("pull", "outputs/small.docx", "small.yaml", "--yes"),
        ("fill", "form.docx", "small.yaml"),
        ("template", "check", "report"),
        ("template", "to-word", "summary", "styles.docx"),
        ("template", "from-word", "styles.docx", "summary"),
        ("fonts", "list"),
    )
    codes = {" ".join(run): command(*run).code for run in runs}
    assert {name: code for name, code in codes.items() if code not in (0, 7)} == {}
    assert no_network == []
