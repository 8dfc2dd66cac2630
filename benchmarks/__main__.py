"""Measure, and print one table: medians, and ratios to the other ways in the same run."""

import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from benchmarks import peers, samples
from benchmarks.batch import batch
from benchmarks.processes import Timing, in_turn
from kexie_docs import pipeline
from kexie_docs.cli import startup
from kexie_docs.writers.names import Format

ROUNDS = int(os.environ.get("BENCH_ROUNDS", "7"))
DOCUMENTS = int(os.environ.get("BENCH_DOCUMENTS", "120"))
STACK = "import typer, pydantic, jinja2, markdown_it, yaml, reportlab.pdfgen.canvas, uharfbuzz"


def main() -> None:
    """Run everything in a temporary folder."""
    fonts = font_folder()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        whole_processes(folder, fonts)
        in_process(folder, fonts)
        growth(folder)
        batch(folder, fonts)


def font_folder() -> Path:
    """Return the folder of the Fandol fonts, for all ways alike.

    Raises:
        SystemExit: they are not installed.
    """
    folder = pipeline.user_folder(os.environ) / "fonts"
    if not (folder / "FandolFang-Regular.otf").exists():
        raise SystemExit("kexie-docs fonts install")
    return folder


def whole_processes(folder: Path, fonts: Path) -> None:
    """One document, the process from start to end."""
    data, template = folder / "data.json", folder / "template.docx"
    data.write_text(samples.plain(samples.EXAMPLE), encoding="utf-8")
    peers.make_word_template(template)
    python, tool = sys.executable, str(Path(sys.executable).with_name("kexie-docs"))
    build = [tool, "build", str(samples.EXAMPLE), "-o", str(folder)]
    docxtpl = [
        python,
        "-m",
        "benchmarks.peers",
        "docxtpl",
        str(data),
        str(folder / "peer.docx"),
        str(template),
    ]
    commands = {
        "kexie-docs docx + pdf": [build],
        "kexie-docs docx": [[*build, "-f", "docx"]],
        "kexie-docs pdf": [[*build, "-f", "pdf"]],
        "kexie-docs --version": [[tool, "--version"]],
        "bare import of the stack": [[python, "-c", STACK + ", docx"]],
        "bare import, pdf only": [[python, "-c", STACK]],
        "docxtpl docx": [docxtpl],
        "typst pdf": [
            [python, "-m", "benchmarks.peers", "typst", str(data), str(folder / "peer.pdf"), str(fonts)]
        ],
    }
    if office := shutil.which("soffice"):
        convert = [
            office, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf",
            "--outdir", str(folder), str(folder / "peer.docx"),
        ]  # fmt: skip
        commands["docxtpl + LibreOffice"] = [docxtpl, convert]
    timings = in_turn(commands, ROUNDS)
    print(f"\nwhole process, one document, median of {ROUNDS} rounds\n")
    print(f"{'':28}{'s':>8}{'min':>8}{'max':>8}{'MiB':>7}")
    for name, timing in timings.items():
        low, high = min(timing.seconds), max(timing.seconds)
        print(f"{name:28}{timing.median:8.3f}{low:8.3f}{high:8.3f}{timing.memory:7.0f}")
    ratio(timings, "kexie-docs docx + pdf", "docxtpl + LibreOffice")
    ratio(timings, "kexie-docs pdf", "typst pdf")
    ratio(timings, "kexie-docs docx", "docxtpl docx")
    ratio(timings, "kexie-docs docx + pdf", "bare import of the stack")


def ratio(timings: Mapping[str, Timing], ours: str, theirs: str) -> None:
    """Print the ratio of two medians, where both were measured."""
    if ours in timings and theirs in timings:
        print(f"{ours} / {theirs}: {timings[ours].median / timings[theirs].median:.2f}")


def in_process(folder: Path, fonts: Path) -> None:
    """Documents a second with everything imported and every document's text different, in turn."""
    startup.quicken()  # as the command line does
    inputs, rows = [], []
    for seed in range(DOCUMENTS):
        path = folder / f"variant-{seed}.yaml"
        path.write_text(samples.variant(seed), encoding="utf-8")
        inputs.append(path)
        rows.append(samples.plain(path))
    assert len(set(rows)) == DOCUMENTS
    template = folder / "template.docx"
    workshop = pipeline.Workshop(Path.cwd(), os.environ)
    compiler = peers.typst_module().Compiler(font_paths=[str(fonts)], ignore_system_fonts=True)

    def typst_pdf(index: int) -> None:
        compiler.compile(input=peers.TYPST_SOURCE.encode(), sys_inputs={"data": rows[index]})

    def ours(to: Format) -> Callable[[int], None]:
        def make(index: int) -> None:
            workshop.render(workshop.compose(pipeline.load(inputs[index])), to)

        return make

    ways: dict[str, Callable[[int], None]] = {
        "kexie-docs docx": ours("docx"),
        "docxtpl docx": lambda index: peers.fill_word_template(template, rows[index], folder / "peer.docx"),
        "kexie-docs pdf": ours("pdf"),
        "typst pdf": typst_pdf,
    }
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    for index in range(DOCUMENTS):
        for name, make in ways.items():
            start = time.perf_counter()
            make(index)
            seconds[name].append(time.perf_counter() - start)
    print(f"\nin one process, {DOCUMENTS} documents with different texts, in turn\n")
    rates = {name: 1 / statistics.median(times) for name, times in seconds.items()}
    for name, rate in rates.items():
        print(f"{name:28}{rate:8.1f} documents/s")
    print(f"docx: {rates['kexie-docs docx'] / rates['docxtpl docx']:.2f} times docxtpl")
    print(f"pdf: {rates['kexie-docs pdf'] / rates['typst pdf']:.2f} times typst")


def growth(folder: Path) -> None:
    """Documents of up to 1,000 pages, both formats, whole processes: the time a page must not grow."""
    tool = str(Path(sys.executable).with_name("kexie-docs"))
    commands, pages = {}, {}
    workshop = pipeline.Workshop(Path.cwd(), os.environ)
    for times in (1, 4, 12, 36, 120, 355):
        path = folder / f"times-{times}.yaml"
        path.write_text(samples.longer(times), encoding="utf-8")
        name = f"{times} times the actions"
        pages[name] = len(workshop.lay_out(workshop.compose(pipeline.load(path))).pages)
        commands[name] = [[tool, "build", str(path), "-o", str(folder)]]
    print("\nlength, docx + pdf, whole process\n")
    for name, timing in in_turn(commands, 3).items():
        each = timing.median / pages[name] * 1000
        print(
            f"{name:28}{pages[name]:6} pages{timing.median:8.3f} s{each:8.2f} ms a page"
            f"{timing.memory:7.0f} MiB"
        )


if __name__ == "__main__":
    main()
