"""Thousands of documents on all cores: how many a second, how much memory, beside the other ways.

Memory is the proportional set size (pages that processes share are counted once), a sample each half second.
"""

import os
import shutil
import subprocess
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from benchmarks import peers, samples

DOCUMENTS = int(os.environ.get("BENCH_BATCH", "3000"))
PEER_DOCUMENTS = int(os.environ.get("BENCH_BATCH_PEERS", "200"))
IN_ONE_CALL = 20
"""Documents that LibreOffice converts in one call."""

CORES = 2


def batch(folder: Path, fonts: Path) -> None:
    """Build generated county summaries, both formats, and print what that took."""
    inputs, outputs = folder / "counties", folder / "built"
    inputs.mkdir()
    for seed in range(DOCUMENTS):
        (inputs / f"county-{seed:04}.yaml").write_text(samples.county(seed), encoding="utf-8")
    tool = str(Path(sys.executable).with_name("kexie-docs"))
    command = [tool, "build", str(inputs), "-o", str(outputs), "-j", str(CORES), "-q"]
    print(f"\n{DOCUMENTS} county summaries of 4 to 8 pages, {CORES} processes\n")
    seconds, memory = watched(command)
    assert len(list(outputs.iterdir())) == 2 * DOCUMENTS
    ours = DOCUMENTS / seconds
    print(f"{'kexie-docs docx + pdf':28}{ours:8.1f} documents/s{seconds:8.1f} s")
    for label, part in (("a quarter through", 0.25), ("half", 0.5), ("at the end", 1.0)):
        sample = memory[min(int(len(memory) * part), len(memory) - 1)]
        print(f"  memory, {label:20}" + "".join(f"{each:8.1f}" for each in sample) + " MiB, each process")
    seconds, _ = watched(command)
    print(f"{'  again, all unchanged':28}{DOCUMENTS / seconds:8.1f} documents/s{seconds:8.1f} s")
    rows = [samples.plain(path) for path in sorted(inputs.iterdir())[:PEER_DOCUMENTS]]
    theirs = {
        "docxtpl + LibreOffice": office_rate(folder, rows),
        "typst pdf": typst_rate(rows, fonts),
    }
    for name, rate in theirs.items():
        if rate is not None:
            print(f"{name:28}{rate:8.1f} documents/s, ratio {ours / rate:.1f}")


def watched(command: list[str]) -> tuple[float, list[list[float]]]:
    """Run a command; return its seconds, and the memory of each of its processes in MiB, sample by sample."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    found: list[list[float]] = []
    while process.poll() is None:
        sample = [_memory(each) for each in (process.pid, *_below(process.pid))]
        if len(sample) > CORES:
            found.append(sample)
        time.sleep(0.5)
    if process.returncode:
        raise RuntimeError(f"exit code {process.returncode}: {' '.join(command)}")
    return time.perf_counter() - start, found or [[]]


def _below(process: int) -> list[int]:
    try:
        text = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii")
    except OSError:
        return []
    return [int(each) for each in text.split()]


def _memory(process: int) -> float:
    try:
        text = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii")
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:")) / 1024


def office_rate(folder: Path, rows: list[str]) -> float | None:
    """Return documents a second of docxtpl on all cores, then LibreOffice; None without LibreOffice."""
    office = shutil.which("soffice")
    if office is None:
        return None
    template = folder / "batch-template.docx"
    peers.make_word_template(template)
    targets = [folder / f"peer-{number}.docx" for number in range(len(rows))]
    start = time.perf_counter()
    with ProcessPoolExecutor(CORES) as pool:
        list(pool.map(peers.fill_word_template, [template] * len(rows), rows, targets, chunksize=10))
    for first in range(0, len(targets), IN_ONE_CALL):
        subprocess.run(
            [
                office, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf",
                "--outdir", str(folder / "peer"), *map(str, targets[first : first + IN_ONE_CALL]),
            ],
            check=True, capture_output=True,
        )  # fmt: skip
    return len(rows) / (time.perf_counter() - start)


def typst_rate(rows: list[str], fonts: Path) -> float:
    """Return documents a second of typst on all cores, the compiler kept between documents."""
    start = time.perf_counter()
    # Not forked: typst's own threads, which this process has used, would be missing there.
    with ProcessPoolExecutor(CORES, get_context("spawn")) as pool:
        list(pool.map(_typst_share, [rows[share::CORES] for share in range(CORES)], [fonts] * CORES))
    return len(rows) / (time.perf_counter() - start)


def _typst_share(rows: list[str], fonts: Path) -> int:
    compiler = peers.typst_module().Compiler(font_paths=[str(fonts)], ignore_system_fonts=True)
    return sum(
        len(compiler.compile(input=peers.TYPST_SOURCE.encode(), sys_inputs={"data": row})) for row in rows
    )
