"""Builds that go wrong from outside, begun in copies of this process, so that each takes a moment only.

Two versions of the same inputs, A and B, are built in turn into one folder. Whatever happens to a build, each
output must then be that of A or that of B, whole. `python -m tests.support.faults` does it at length.
"""

import argparse
import contextlib
import os
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCUMENTS = 4
SMALL_DISK = 3 << 20


@dataclass
class Bench:
    """A folder with both versions of some inputs, and what they become.

    Attributes:
        folder: of everything.
        expected: output's name to its bytes in version A and B.
        seen: how often each state was found.
    """

    folder: Path
    expected: dict[str, tuple[bytes, bytes]] = field(default_factory=dict)
    seen: Counter[str] = field(default_factory=Counter)

    def inputs(self, version: int) -> Path:
        """Return the folder of the inputs in a version, 0 or 1."""
        return self.folder / "AB"[version]

    @property
    def outputs(self) -> Path:
        """Folder of the outputs."""
        return self.folder / "outputs"

    def check(self, *, complete: int | None = None) -> None:
        """Assert that every output is whole, of either version, and that nothing else is there but litter.

        Args:
            complete: the version that was just built to its end: then all outputs are of it, and no litter.
        """
        names = {path.name for path in self.outputs.iterdir()}
        litter = {name for name in names if name.startswith(".kexie-docs-")}
        assert names - litter == set(self.expected), names ^ set(self.expected)
        self.seen["litter"] += len(litter)
        for name, versions in self.expected.items():
            data = (self.outputs / name).read_bytes()
            assert data in versions, (
                f"{name} is torn: {len(data)} of {[len(each) for each in versions]} bytes"
            )
            self.seen["AB"[versions.index(data)]] += 1
            if complete is not None:
                assert data == versions[complete], f"{name} is of the version before"
        if complete is not None:
            assert litter == set()


def make_bench(folder: Path) -> Bench:
    """Make the inputs of both versions, build both, and leave A in the folder of the outputs."""
    bench = Bench(folder)
    example = (ROOT / "inputs" / "zhangye-2025.yaml").read_text(encoding="utf-8")
    for version in (0, 1):
        bench.inputs(version).mkdir(parents=True)
        for number in range(DOCUMENTS):
            text = re.sub(r"^年度: \d+", f"年度: {2000 + 10 * version + number}", example, flags=re.M)
            (bench.inputs(version) / f"county-{number}.yaml").write_text(text, encoding="utf-8")
    built = []
    for version in (1, 0):
        assert finish(begin(bench, version)) == 0
        built.append({path.name: path.read_bytes() for path in bench.outputs.iterdir()})
    bench.expected.update({name: (built[1][name], built[0][name]) for name in built[0]})
    assert len(bench.expected) == 2 * DOCUMENTS
    assert all(first != second for first, second in bench.expected.values())
    return bench


def begin(bench: Bench, version: int, *options: str, setup: Callable[[], None] = lambda: None) -> int:
    """Begin a build in a process group of its own; return its process."""
    process = os.fork()
    if process:
        with contextlib.suppress(OSError):
            os.setpgid(process, process)
        return process
    try:
        os.setpgid(0, 0)
        log = os.open(bench.folder / f"log-{os.getpid()}", os.O_CREAT | os.O_WRONLY)
        os.dup2(log, 1)
        os.dup2(log, 2)
        setup()
        os.chdir(bench.folder)
        from kexie_docs.cli.main import run

        code = run(["build", str(bench.inputs(version)), "-o", str(bench.outputs), *options])
        sys.stdout.flush()
    except BaseException:
        import traceback

        traceback.print_exc()
        code = 99
    finally:
        os._exit(code)


def finish(process: int) -> int:
    """Wait for a build; return its exit code, negative when it was killed."""
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


def said(bench: Bench, process: int) -> str:
    """Return what a build has said."""
    return (bench.folder / f"log-{process}").read_text(encoding="utf-8", errors="replace")


def kill_runs(bench: Bench, chance: random.Random, runs: int) -> None:
    """Kill builds at random moments: the whole group, the first process alone, or one of the others."""
    start = time.perf_counter()
    first = begin(bench, 1, "-j2")
    assert finish(first) == 0, said(bench, first)
    longest = (time.perf_counter() - start) * 1.2
    for number in range(runs):
        version = number % 2
        if number % 8 == 7:
            kill_single(bench, chance, version)
            continue
        process = begin(bench, version, "-j2")
        time.sleep(chance.uniform(0, longest))
        kind = chance.choice(("group", "first", "worker"))
        bench.seen[kind] += 1
        if kind == "worker":
            children = workers(process)
            if children:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(chance.choice(children), signal.SIGKILL)
                # A killed worker costs nothing: its document is built again.
                assert finish(process) == 0, said(bench, process)
                bench.check(complete=version)
                continue
        below = workers(process)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process, signal.SIGKILL) if kind == "group" else os.kill(process, signal.SIGKILL)
        finish(process)
        gone(below)
        bench.check()
        if number % 10 == 8:
            last = begin(bench, version, "-j2")
            assert finish(last) == 0, said(bench, last)
            bench.check(complete=version)


def kill_single(bench: Bench, chance: random.Random, version: int) -> None:
    """Kill the build of one input: a program of its own, which has a second process for the first half."""
    source = bench.inputs(version) / f"county-{chance.randrange(DOCUMENTS)}.yaml"
    single = subprocess.Popen(
        [sys.executable, "-m", "kexie_docs", "build", str(source), "-o", str(bench.outputs)],
        start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    time.sleep(chance.uniform(0, 0.4))
    below = workers(single.pid)
    with contextlib.suppress(ProcessLookupError):
        os.kill(chance.choice([single.pid, *below]), signal.SIGKILL)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(single.pid, signal.SIGKILL)
    single.wait()
    gone(below)
    bench.seen["single"] += 1
    bench.check()


def workers(process: int) -> list[int]:
    """Return the processes below one."""
    try:
        text = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii")
    except OSError:
        return []
    return [int(each) for each in text.split()]


def gone(processes: list[int]) -> None:
    """Wait until processes have ended by themselves, as they must when the first one is gone."""
    deadline = time.monotonic() + 5
    for process in processes:
        while time.monotonic() < deadline:
            try:
                state = (
                    Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
                )
            except OSError:
                break
            if state in "ZX":
                break
            time.sleep(0.002)
        else:
            raise AssertionError(f"process {process} goes on without the one that began it")


def full_disk_runs(bench: Bench, chance: random.Random, runs: int) -> None:
    """Build onto a disk that becomes full, or with files that may not become large enough."""
    for number in range(runs):
        version = number % 2
        if number % 2 and bench.outputs.is_mount():
            ballast = bench.outputs / ".ballast"
            room = chance.randrange(0, 500_000)
            free = os.statvfs(bench.outputs).f_bavail * os.statvfs(bench.outputs).f_frsize
            ballast.write_bytes(bytes(max(0, free - room)))
            process = begin(bench, version, "--force", "-j2")
            code = finish(process)
            ballast.unlink()
            bench.seen["full disk"] += 1
        else:
            limit = chance.randrange(0, 400_000)
            setup = partial(resource.setrlimit, resource.RLIMIT_FSIZE, (limit, limit))
            process = begin(bench, version, "--force", "-j2", setup=setup)
            code = finish(process)
            bench.seen["file limit"] += 1
        assert code in (0, 6), said(bench, process)
        if code:
            bench.seen["refused"] += 1
        litter = [path.name for path in bench.outputs.iterdir() if path.name.startswith(".")]
        assert litter == []
        bench.check()
    last = begin(bench, 0, "-j2")
    assert finish(last) == 0, said(bench, last)
    bench.check(complete=0)


def concurrent_pairs(bench: Bench, chance: random.Random, runs: int) -> None:
    """Build both versions into one folder at once, while a third reads what is there."""
    for _ in range(runs):
        running = set()
        for version in chance.sample((0, 1), 2):
            running.add(begin(bench, version, "--force", "-j1"))
            time.sleep(chance.choice((0, 0, chance.uniform(0, 0.1))))
        while running:
            for process in tuple(running):
                done, status = os.waitpid(process, os.WNOHANG)
                if done:
                    assert os.waitstatus_to_exitcode(status) == 0, said(bench, process)
                    running.discard(process)
            for name, versions in bench.expected.items():
                assert (bench.outputs / name).read_bytes() in versions, f"{name} was read torn"
                bench.seen["reads"] += 1
        bench.check()
        litter = [path.name for path in bench.outputs.iterdir() if path.name.startswith(".")]
        assert litter == []


@contextlib.contextmanager
def small_disk(bench: Bench) -> Iterator[None]:
    """Put the outputs onto a small disk of their own, where this user may mount one."""
    mounted = False
    if shutil.which("mount") and os.getuid() == 0:
        saved = {path.name: path.read_bytes() for path in bench.outputs.iterdir()}
        command = ["mount", "-t", "tmpfs", "-o", f"size={SMALL_DISK}", "tmpfs", str(bench.outputs)]
        mounted = subprocess.run(command, capture_output=True, check=False).returncode == 0
        if mounted:
            for name, data in saved.items():
                (bench.outputs / name).write_bytes(data)
    try:
        yield
    finally:
        if mounted:
            subprocess.run(["umount", str(bench.outputs)], check=True)
            assert finish(begin(bench, 0, "--force")) == 0


def warm_up() -> None:
    """Load everything that building needs into this process, of which the builds are copies."""
    import kexie_docs.cli.app
    import kexie_docs.cli.batching
    import kexie_docs.cli.interface.build  # noqa: F401  # loading them is the purpose
    from kexie_docs.batch.worker import warm_up as load

    load(Path.cwd())


def main() -> None:
    """Run all faults as often as asked for; say what was seen."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name, default in (("kills", 200), ("full", 50), ("pairs", 20)):
        parser.add_argument(f"--{name}", type=int, default=default)
    parser.add_argument("--seed", type=int, default=random.randrange(1 << 32))
    wanted = parser.parse_args()
    sys.stdout.write(f"seed {wanted.seed}\n")
    chance = random.Random(wanted.seed)
    with tempfile.TemporaryDirectory() as name:
        os.environ["KEXIE_DOCS_HOME"] = str(_home(Path(name)))
        warm_up()
        bench = make_bench(Path(name) / "bench")
        for title, work, runs in (
            ("kill -9", kill_runs, wanted.kills),
            ("two at once", concurrent_pairs, wanted.pairs),
            ("full disk", full_disk_runs, wanted.full),
        ):
            start = time.perf_counter()
            bench.seen.clear()
            with small_disk(bench) if work is full_disk_runs else contextlib.nullcontext():
                work(bench, chance, runs)
            seconds = time.perf_counter() - start
            shown = ", ".join(f"{key} {count}" for key, count in sorted(bench.seen.items()))
            sys.stdout.write(f"{title}: {runs} runs in {seconds:.1f} s ({shown})\n")


def _home(folder: Path) -> Path:
    """Return a user's folder with the fonts of the real one, so that ledgers are the tests' own."""
    from kexie_docs.pipeline import user_folder

    home = folder / "home"
    home.mkdir()
    fonts = user_folder(os.environ) / "fonts"
    if fonts.is_dir():
        (home / "fonts").symlink_to(fonts)
    return home


if __name__ == "__main__":
    main()
