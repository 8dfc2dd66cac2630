"""`print`: what arrives at the printer's device is opened and measured."""

import io
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from reportlab.pdfgen import canvas

from kexie_docs.printing.booklet import booklet, places, sides
from kexie_docs.printing.preflight import look_over, page_size
from tests.printing.conftest import Office
from tests.support.cli import Run

MM = 72 / 25.4


def texts(data: bytes) -> list[str]:
    """Return the text of each page."""
    document = pypdfium2.PdfDocument(data)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


def halves(data: bytes) -> list[tuple[str, str]]:
    """Return what is read in the left and the right half of each side."""
    document = pypdfium2.PdfDocument(data)
    found = []
    try:
        for page in document:
            width, height = page.get_size()
            reader = page.get_textpage()
            left = reader.get_text_bounded(0, 0, width / 2, height)
            found.append((folded(left), folded(reader.get_text_bounded(width / 2, 0, width, height))))
    finally:
        document.close()
    return found


def across(data: bytes, *, clockwise: bool) -> bytes:
    """Return a PDF with its upright pages turned, since a printer's filter turns wide pages to its paper."""
    stream = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            width, height = float(page.mediabox[2]), float(page.mediabox[3])
            if width < height:
                turn = f"q 0 -1 1 0 0 {width} cm" if clockwise else f"q 0 1 -1 0 {height} 0 cm"
                page.contents_add(turn.encode(), prepend=True)
                page.contents_add(b"Q")
                for box in ("/MediaBox", "/CropBox", "/TrimBox", "/BleedBox", "/ArtBox"):
                    if box in page:
                        page[box] = pikepdf.Array([0, 0, round(height), round(width)])
        pdf.save(stream)
    return stream.getvalue()


def unembedded(data: bytes) -> int:
    """Count fonts of a PDF without a font program, by walking all its objects."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return sum(
            isinstance(one, pikepdf.Dictionary)
            and str(one.get("/Type", "")) == "/FontDescriptor"
            and not any(key in one for key in ("/FontFile", "/FontFile2", "/FontFile3"))
            for one in pdf.objects
        )


def folded(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_five_page_summary_is_one_duplex_job_in_order(command: Run, summary: Path, office: Office) -> None:
    expected = texts(summary.read_bytes())
    assert len(expected) == 5
    outcome = command("print", "zhangye-2025.pdf", "-p", office.name)
    assert outcome.code == 0, outcome.err
    job = int(re.fullmatch(rf"{office.name}-(\d+)\n", outcome.out)[1])  # type: ignore[index]
    assert "5 pages on 3 sheets of A4, 1 copies." in outcome.err
    assert outcome.err.endswith("printed.\n")
    arrived = office.device.read_bytes()
    assert [folded(text) for text in texts(arrived)][:5] == [folded(text) for text in expected]
    assert [text for text in texts(arrived)[5:] if text.strip()] == []
    assert unembedded(arrived) == 0
    with pikepdf.open(io.BytesIO(arrived)) as pdf:
        for page in pdf.pages:
            width, height = page_size(page)
            assert (abs(width - 210) < 0.5, abs(height - 297) < 0.5) == (True, True)
    options = next(line for line in office.server.jobs_logged(job) if line.startswith("argv[5]"))
    assert "sides=two-sided-long-edge" in options
    assert "media=A4" in options
    assert "print-scaling=none" in options
    assert re.search(r'["\s]collate\b', options)


def test_nothing_is_scaled(command: Run, summary: Path, office: Office) -> None:
    """Each character of the first page arrives where it stands in the file, to half a millimetre."""

    def first(data: bytes) -> list[tuple[float, ...]]:
        document = pypdfium2.PdfDocument(data)
        reader = document[0].get_textpage()
        found = [reader.get_charbox(index) for index in range(0, reader.count_chars(), 40)]
        document.close()
        return found

    assert command("print", "zhangye-2025.pdf", "-p", office.name).code == 0
    for before, after in zip(first(summary.read_bytes()), first(office.device.read_bytes()), strict=True):
        assert before == pytest.approx(after, abs=0.5 * MM)


def test_copies_are_collated(command: Run, summary: Path, office: Office) -> None:
    assert command("print", "zhangye-2025.pdf", "-p", office.name, "-n", "2").code == 0
    pages = [folded(text) for text in texts(office.device.read_bytes())]
    once = [folded(text) for text in texts(summary.read_bytes())]
    assert [page for page in pages if page] == once * 2
    assert len(pages) == 12, "each copy begins on a sheet of its own"


@pytest.mark.parametrize(
    ("duplex", "option"),
    [("long", "two-sided-long-edge"), ("short", "two-sided-short-edge"), ("off", "one-sided")],
)
def test_sides_are_as_asked(command: Run, summary: Path, office: Office, duplex: str, option: str) -> None:
    outcome = command("print", "zhangye-2025.pdf", "-p", office.name, "--duplex", duplex)
    job = int(outcome.out.rpartition("-")[2])
    assert any(f"sides={option}" in line for line in office.server.jobs_logged(job))


def test_booklet_of_five_pages_is_two_a3_sheets_in_right_imposition(
    command: Run, summary: Path, office: Office
) -> None:
    outcome = command("print", "zhangye-2025.pdf", "-p", office.name, "--booklet")
    assert outcome.code == 0, outcome.err
    assert "5 pages on 2 sheets of A3" in outcome.err
    arrived = office.device.read_bytes()
    with pikepdf.open(io.BytesIO(arrived)) as pdf:
        sizes = [sorted(page_size(page)) for page in pdf.pages]
    assert len(sizes) == 4, "two sheets, both sides"
    assert all(abs(a - 297) < 0.5 and abs(b - 420) < 0.5 for a, b in sizes)
    one, two, three, four, five = (folded(text) for text in texts(summary.read_bytes()))
    expected = [("", one), (two, ""), ("", three), (four, five)]
    assert expected in [halves(across(arrived, clockwise=clockwise)) for clockwise in (False, True)]
    assert unembedded(arrived) == 0
    job = int(outcome.out.rpartition("-")[2])
    assert any(
        "sides=two-sided-short-edge" in line and "media=A3" in line for line in office.server.jobs_logged(job)
    )


def test_sides_of_a_booklet_follow_on_when_folded() -> None:
    """Simulate the folding: sheets nested in each other, read leaf by leaf."""
    for count in range(1, 41):
        order = places(count, imprint=False)
        printed = sides(order)
        sheets = list(zip(printed[::2], printed[1::2], strict=True))
        front = [page for first, back in sheets for page in (first[1], back[0])]
        rear = [page for first, back in reversed(sheets) for page in (back[1], first[0])]
        assert tuple(front + rear) == order
        assert [page for page in front + rear if page is not None] == list(range(1, count + 1))


@pytest.mark.parametrize(
    ("pages", "imprint", "expected"),
    [
        (5, False, (1, 2, 3, 4, 5, None, None, None)),
        (5, True, (1, 2, 3, 4, None, None, None, 5)),
        (4, True, (1, 2, 3, 4)),
        (1, True, (1, None, None, None)),
        (6, True, (1, 2, 3, 4, 5, None, None, 6)),
    ],
)
def test_blank_pages_stand_before_the_imprint_or_at_the_end(
    pages: int, imprint: bool, expected: tuple[int | None, ...]
) -> None:
    assert places(pages, imprint=imprint) == expected


def test_imprint_of_a_report_stands_on_the_back_of_the_booklet() -> None:
    from kexie_docs.pipeline import Workshop, load

    root = Path(__file__).parents[2]
    workshop = Workshop(root, os.environ)
    data = workshop.render(workshop.compose(load(root / "inputs" / "zhangye-2025-report.yaml")), "pdf")
    before = texts(data)
    assert "印发" in before[-1]
    outside = halves(booklet(data))[0]
    assert outside == (folded(before[-1]), folded(before[0]))


def test_booklet_is_the_same_twice(summary: Path) -> None:
    assert booklet(summary.read_bytes()) == booklet(summary.read_bytes())


def test_turned_and_shifted_pages_stand_in_the_middle_of_their_place(tmp_path: Path) -> None:
    page = canvas.Canvas(str(tmp_path / "a.pdf"), pagesize=(297 * MM, 210 * MM))
    page.setPageRotation(90)
    page.drawString(100 * MM, 100 * MM, "turned")
    page.showPage()
    page.save()
    with pikepdf.open(tmp_path / "a.pdf", allow_overwriting_input=True) as pdf:
        pdf.pages[0].mediabox = pikepdf.Array([10, 20, 10 + 297 * MM, 20 + 210 * MM])
        pdf.save()
    (side, *_) = halves(booklet((tmp_path / "a.pdf").read_bytes()))
    assert side == ("", "turned")


def test_word_file_is_printed_from_its_pdf(command: Run, summary: Path, office: Office) -> None:
    outcome = command("print", "zhangye-2025.docx", "-p", office.name)
    assert outcome.code == 0, outcome.err
    assert "zhangye-2025.pdf: 5 pages" in outcome.err
    assert office.device.read_bytes().startswith(b"%PDF-")


def test_word_file_without_pdf_or_changed_after_it_is_told(
    command: Run, summary: Path, office: Office
) -> None:
    later = time.time() + 3600
    os.utime("zhangye-2025.docx", (later, later))
    outcome = command("print", "zhangye-2025.docx", "-p", office.name)
    assert (outcome.code, outcome.out) == (3, "")
    assert "changed after its PDF was made" in outcome.err
    summary.unlink()
    outcome = command("print", "zhangye-2025.docx", "-p", office.name)
    assert (outcome.code, outcome.out) == (3, "")
    assert "there is none beside it" in outcome.err
    assert not office.device.exists()


def test_dry_run_shows_the_command_and_sends_nothing(command: Run, summary: Path, office: Office) -> None:
    outcome = command("print", "zhangye-2025.pdf", "-p", office.name, "--dry-run", "-n", "3")
    assert outcome.code == 0
    assert outcome.out == (
        f"lp -d {office.name} -t zhangye-2025.pdf -n 3 -o media=A4 -o sides=two-sided-long-edge"
        " -o collate=true -o print-scaling=none -- zhangye-2025.pdf\n"
    )
    assert "5 pages on 3 sheets of A4, 3 copies." in outcome.err
    assert office.server.run("lpstat", "-W", "all", "-o", office.name) == ""


def test_printers_are_listed_with_what_they_can_do(
    command: Run, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.server.add_printer("simple", duplex=False)
    office.server.run("cupsdisable", "-r", "no paper", "simple")
    monkeypatch.setenv("LPDEST", office.name)
    outcome = command("print", "--list")
    lines = outcome.out.splitlines()
    assert f"* {office.name}: idle, both sides, A4/A3" in lines
    assert "  simple: stopped (no paper), one side only, A4/A3" in lines
    assert '"duplex": false' in command("print", "--list", "--json").out


def test_printer_that_prints_on_one_side_is_told_and_used(
    command: Run, summary: Path, office: Office
) -> None:
    office.server.add_printer("oneside", duplex=False)
    outcome = command("print", "zhangye-2025.pdf", "-p", "oneside")
    assert outcome.code == 0
    assert "warning KD629: oneside prints on one side only." in outcome.err


def test_job_at_a_stopped_printer_is_told(command: Run, summary: Path, office: Office) -> None:
    office.server.run("cupsdisable", "-r", "paper jam", office.name)
    outcome = command("print", "zhangye-2025.pdf", "-p", office.name)
    assert outcome.code == 6
    assert "waits, and is not being printed: paper jam" in outcome.err
    office.server.run("cancel", "-a", office.name)


def test_cancelled_job_is_told(summary: Path, office: Office) -> None:
    office.server.run("cupsdisable", office.name)
    from kexie_docs.errors import OutputError
    from kexie_docs.printing.cups import follow, send
    from kexie_docs.printing.order import order

    job = send(order("x.pdf", copies=1, duplex=None, booklet=False), office.name, summary)
    office.server.run("cancel", f"{office.name}-{job}")
    with pytest.raises(OutputError, match="was cancelled"):
        list(follow(office.name, job))


def one_page(path: Path, size: tuple[float, float] = (210, 297), *, font: str | None = None) -> Path:
    page = canvas.Canvas(str(path), pagesize=(size[0] * MM, size[1] * MM))
    if font:
        page.setFont(font, 12)
        page.drawString(100, 100, "text")
    page.showPage()
    page.save()
    return path


def encrypted(path: Path) -> None:
    with pikepdf.open(one_page(path), allow_overwriting_input=True) as pdf:
        pdf.save(path, encryption=pikepdf.Encryption(owner="o", user=""))


@pytest.mark.parametrize(
    ("make", "code", "part"),
    [
        (lambda path: one_page(path, (216, 279)), "KD621", "Page 1 is 216 × 279 mm, not A4."),
        (lambda path: one_page(path, (297, 420)), "KD621", "not A4"),
        (
            lambda path: one_page(path, font="Helvetica"),
            "KD623",
            "The font Helvetica (page 1) is not in the file.",
        ),
        (encrypted, "KD622", "protected"),
        (lambda path: path.write_bytes(b"PK\x03\x04"), "KD620", "no PDF"),
        (lambda path: path.write_bytes(b"%PDF-1.4\nbroken"), "KD620", "damaged"),
    ],
)
def test_file_unfit_to_be_printed_stops_all(
    command: Run, summary: Path, office: Office, make: Callable[[Path], object], code: str, part: str
) -> None:
    make(Path("bad.pdf"))
    outcome = command("print", "zhangye-2025.pdf", "bad.pdf", "-p", office.name)
    assert (outcome.code, outcome.out) == (6, "")
    assert code in outcome.err
    assert part in outcome.err
    assert office.server.run("lpstat", "-W", "all", "-o", office.name) == "", "nothing was sent"


def test_pages_across_are_a4_too_but_make_no_booklet(tmp_path: Path) -> None:
    data = one_page(tmp_path / "a.pdf", (297, 210)).read_bytes()
    assert look_over(data, "a.pdf").problems == ()
    assert [problem.code for problem in look_over(data, "a.pdf", upright=True).problems] == ["KD621"]


def test_font_that_is_named_and_prints_nothing_does_not_matter(tmp_path: Path) -> None:
    """Reportlab names Helvetica in every page; only what prints has to be in the file."""
    assert look_over(one_page(tmp_path / "a.pdf").read_bytes(), "a.pdf").problems == ()


@pytest.mark.parametrize(
    "name", ["-oraw", "--", "a b", "x/../y", "nix", "; touch canary", "$(touch canary)", ""]
)
def test_printer_name_that_is_none_reaches_no_command(
    command: Run, summary: Path, office: Office, name: str
) -> None:
    outcome = command("print", "zhangye-2025.pdf", f"--printer={name}")
    assert (outcome.code, outcome.out) == (6, "")
    assert "KD626" in outcome.err
    assert not Path("canary").exists()


@pytest.mark.parametrize(
    "name", ["-o raw.pdf", "--.pdf", "; touch canary.pdf", "a\nb.pdf", "$(x).pdf", "长" * 70 + ".pdf"]
)
def test_any_file_name_can_be_printed(command: Run, summary: Path, office: Office, name: str) -> None:
    Path(name).write_bytes(summary.read_bytes())
    outcome = command("print", "-p", office.name, "--", name)
    assert outcome.code == 0, outcome.err
    assert not any("canary" in each for each in map(str, Path().iterdir()) if each != name)


def test_wrong_arguments_are_told(command: Run, summary: Path, office: Office) -> None:
    assert command("print").code == 2
    assert command("print", "zhangye-2025.pdf", "--duplex", "both").code == 2
    assert command("print", "zhangye-2025.pdf", "-n", "0").code == 2
    assert command("print", "none.pdf").code == 3


def test_missing_print_server_is_told(command: Run, summary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CUPS_SERVER", "127.0.0.1:1")
    outcome = command("print", "zhangye-2025.pdf")
    assert outcome.code == 6
    assert "error KD625: The print server does not answer: scheduler is not running" in outcome.err
    assert "Start the print service" in outcome.err
    monkeypatch.setenv("PATH", "/nonexistent")
    outcome = command("print", "zhangye-2025.pdf")
    assert outcome.code == 6
    assert "The command lpstat of CUPS is not there." in outcome.err


def test_what_was_looked_over_is_what_is_printed(command: Run, summary: Path, office: Office) -> None:
    """The file is changed while it is being printed: the printer gets what was read at first."""
    whole = summary.read_bytes()
    stop = threading.Event()

    def spoil() -> None:
        while not stop.wait(0.005):
            summary.write_bytes(b"%PDF-1.4 spoiled")
            summary.write_bytes(whole)

    thread = threading.Thread(target=spoil)
    thread.start()
    try:
        outcome = command("print", "zhangye-2025.pdf", "-p", office.name)
    finally:
        stop.set()
        thread.join()
    if outcome.code == 0:
        assert len([text for text in texts(office.device.read_bytes()) if text.strip()]) == 5
    else:
        assert (outcome.code, outcome.out) == (6, "")


def test_build_does_not_load_what_printing_needs(folder: Path) -> None:
    script = "import sys, kexie_docs.cli.building; print([m for m in sys.modules if 'pikepdf' in m])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
