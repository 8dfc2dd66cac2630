"""Where a template's style file is written: in its own folder, or in one that extends a built-in template."""

from dataclasses import replace
from pathlib import Path

from kexie_docs.compose.templates import SETTINGS, STYLE, TemplateFolder, builtin_root
from kexie_docs.frozen import dataclass
from kexie_docs.style.sheet import Style
from kexie_docs.writers.files import write_whole

_SETTINGS = """\
# 版式由Word带回；内容沿用内置模板“{name}”。
title = "{title}"
extends = "{name}"
"""
_NEW = """\
# 版式：由“kexie-docs template from-word”写入；没有写的沿用“{name}”。
extends = "{name}"
"""
_FIRST = -1
"""Root of a folder that stands before all roots: what it extends by its own name is found in them."""


@dataclass(frozen=True, slots=True)
class Home:
    """A folder that takes a template's style file.

    Attributes:
        template: whose style it is.
        folder: where the style file stands or will stand.
        text: the style file until now, or how a new one begins.
        settings: template.toml of a new folder; None where there is one.
    """

    template: TemplateFolder
    folder: Path
    text: str
    settings: str | None = None

    @property
    def style(self) -> Path:
        """The style file."""
        return self.folder / STYLE

    def load(self, text: str, scratch: Path) -> Style:
        """Return the style sheet that the template would have with another style file.

        Args:
            text: the style file.
            scratch: an empty folder to try it in.

        Raises:
            TemplateError: it is not valid.
        """
        (scratch / STYLE).write_bytes(text.encode())
        if self.settings is None:
            return replace(self.template, path=scratch).load_style()
        return replace(self.template, path=scratch, root=_FIRST, base=self.template).load_style()

    def write(self, text: str) -> None:
        """Write the style file, whole; before it the settings of a new folder.

        Raises:
            OutputError: one of them cannot be written.
        """
        if self.settings is not None:
            write_whole(self.folder / SETTINGS, self.settings.encode())
        write_whole(self.style, text.encode())


def home_of(template: TemplateFolder, project: Path) -> Home:
    """Return where a template's style file is written.

    A built-in template belongs to the program: a folder of its name in the project, whose templates come
    first, extends it and takes the style.

    Args:
        template: as it was found.
        project: folder whose ``templates/`` take what is new.
    """
    target = project / "templates" / template.name
    own = template.path.resolve()
    if own.parent != builtin_root().resolve() or target.resolve() == own:
        path = template.path / STYLE
        text = path.read_bytes().decode("utf-8-sig") if path.is_file() else ""
        return Home(template, template.path, text or _begin(template))
    title = template.title.replace("\\", "").replace('"', "")
    return Home(
        template,
        target,
        _NEW.format(name=template.name),
        _SETTINGS.format(name=template.name, title=title),
    )


def _begin(template: TemplateFolder) -> str:
    """Return how the style file of a template begins that has none: with the style that it has anyhow."""
    giver = template.base.giver(STYLE) if template.base is not None else None
    return _NEW.format(name=giver.name if giver is not None else "gbt9704")
