"""Which files an input becomes, decided for a whole batch before anything is written."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from kexie_docs.batch.work import Options
from kexie_docs.errors import KexieDocsError
from kexie_docs.frozen import dataclass
from kexie_docs.writers.names import PROOF_SUFFIX, Format, portable_stem, refuse_same, same_key


@dataclass(frozen=True, slots=True)
class Targets:
    """The files of one input.

    Attributes:
        stem: their name without the ending.
        files: format and path of each.
        renamed: whether the input's own name could not be taken.
    """

    stem: str
    files: tuple[tuple[Format, Path], ...]
    renamed: bool


def targets_of(source: Path, own_template: str, options: Options) -> Targets:
    """Return the files of an input: named like it, with the template's name unless that is its own."""
    stem = source.stem
    if options.template is not None and options.template != own_template:
        stem = f"{stem}-{options.template}"
    portable = portable_stem(stem + _suffix(options))
    files = tuple((name, options.output / f"{portable}.{name}") for name in options.formats)
    return Targets(portable, files, portable != stem + _suffix(options))


def _suffix(options: Options) -> str:
    return PROOF_SUFFIX if options.proof else ""


def possible_stems(source: Path, options: Options) -> tuple[str, ...]:
    """Return the names that the files of an input may have, as long as its own template is not known."""
    names = [source.stem]
    if options.template is not None:
        names.append(f"{source.stem}-{options.template}")
    return tuple(dict.fromkeys(portable_stem(name + _suffix(options)) for name in names))


def refuse_conflicts(sources: Sequence[Path], options: Options) -> None:
    """Raise KD603 when two inputs would write one file.

    Only inputs whose names leave it open are read for this.

    Raises:
        OutputError: KD603.
    """
    possible = {index: possible_stems(source, options) for index, source in enumerate(sources)}
    counts = Counter(same_key(stem) for stems in possible.values() for stem in stems)
    doubtful = [
        sources[index]
        for index, stems in possible.items()
        if any(counts[same_key(stem)] > 1 for stem in stems)
    ]
    refuse_same(_claims(doubtful, options))


def _claims(sources: Sequence[Path], options: Options) -> Iterator[tuple[Path, Path]]:
    for source in sources:
        own = ""
        if options.template is not None:
            try:
                own = _own_template(source)
            except KexieDocsError:
                continue  # it becomes nothing
        for _, path in targets_of(source, own, options).files:
            yield source, path


def _own_template(source: Path) -> str:
    from kexie_docs.readers.reader import read_report

    return read_report(source).report.template
