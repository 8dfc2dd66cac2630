"""The way of the data, stage by stage: load, compose, write. The only module that knows all stages."""

import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

from kexie_docs.errors import (
    FontError,
    Problem,
    TemplateError,
)
from kexie_docs.frozen import dataclass
from kexie_docs.writers.names import Format, format_of

if TYPE_CHECKING:  # each half of the way loads its libraries when it is first gone
    from kexie_docs.compose.assemble import Assembler
    from kexie_docs.compose.places import PlaceOf
    from kexie_docs.compose.rendered import Rendered
    from kexie_docs.compose.rendering import Renderer
    from kexie_docs.compose.templates import TemplateFolder
    from kexie_docs.doctree.nodes import Document
    from kexie_docs.fonts.fontset import MachineFonts
    from kexie_docs.layout.measure import KnownGlyphs
    from kexie_docs.layout.pages import Layout
    from kexie_docs.readers.reader import LoadedReport
    from kexie_docs.style.sheet import Style
    from kexie_docs.writers.docx.sections import ImprintPages


@dataclass(frozen=True, slots=True)
class Made:
    """Finished files of one document, and what in them is worth a look."""

    files: "Mapping[Format, bytes]"
    warnings: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Composition:
    """A document with the style it is to be set in: what both writers need.

    Attributes:
        document: the document tree.
        style: the style sheet of the template it was composed with.
    """

    document: "Document"
    style: "Style"


class Workshop:
    """What building needs and is worth keeping between documents: templates made ready, fonts opened.

    One for a run; nothing that it returns depends on what it was asked before.
    """

    def __init__(self, project: Path, environment: Mapping[str, str]) -> None:
        """Set up for a project.

        Args:
            project: folder whose ``templates/`` come first.
            environment: variables that name further folders (KEXIE_DOCS_HOME, KEXIE_DOCS_FONTS).
        """
        self._environment = environment
        self._project = project
        self._renderers: dict[str, Renderer] = {}
        self._assemblers: dict[tuple[str, str | None], Assembler] = {}
        self._fonts: MachineFonts | None = None
        self._known_glyphs: KnownGlyphs | None = None

    @property
    def fonts(self) -> "MachineFonts":
        """The fonts of this machine, by role; looked for when first asked."""
        if self._fonts is None:
            from kexie_docs.fonts.discover import font_folders
            from kexie_docs.fonts.fontset import load_fontset

            self._fonts = load_fontset(font_folders(self._environment, user_folder(self._environment)))
        return self._fonts

    def prepare_pdf(self, characters: Iterable[str] = ()) -> None:
        """Load what the PDF needs, while the first document is still being composed elsewhere.

        Args:
            characters: what is likely to be printed as body text; their glyphs are looked up already.

        Raises:
            FontError: a role has no font at all.
        """
        import kexie_docs.layout.document
        import kexie_docs.layout.figure_places
        import kexie_docs.provenance.records
        import kexie_docs.writers.pdf.write  # noqa: F401  # loading them is the purpose
        from kexie_docs.style.sheet import FontRole

        for role in FontRole:
            self.fonts.first(role)
        for char in characters:
            if char.isprintable():
                with suppress(FontError):
                    self.fonts.find(FontRole.FANGSONG, char)

    def prepare_assembling(self, template: str, style: str | None = None) -> None:
        """Load what `assemble` needs for a template that will likely be used; what is wrong is told later."""
        with suppress(TemplateError):
            self._assembler(template, style)

    def template(self, name: str) -> "TemplateFolder":
        """Return a template: the project's, else the user's, else the built-in one.

        Raises:
            TemplateError: there is none of that name, or its settings are not valid.
        """
        from kexie_docs.compose.templates import find_template

        return find_template(name, self.template_roots)

    @property
    def template_roots(self) -> "tuple[Path, ...]":
        """Where templates are looked for: the project, the user's folder, those that are built in."""
        from kexie_docs.compose.templates import builtin_root

        user = user_folder(self._environment) / "templates"
        return self._project / "templates", user, builtin_root()

    def compose(
        self, loaded: "LoadedReport", template: str | None = None, style: str | None = None
    ) -> Composition:
        """Compose a report into a document with its style.

        Args:
            loaded: from `load`.
            template: name of a template; None takes the one that the input names.
            style: ``office`` or ``strict``; None takes what the template extends.

        Raises:
            TemplateError: the template or its style is missing or not valid.
            InputError: the input lacks something that the template prints.
        """
        name = template or loaded.report.template
        return self.assemble(self.fill(loaded, name), name, style, loaded.place)

    def fill(self, loaded: "LoadedReport", template: str, *, traced: bool = False) -> "Rendered":
        """Return what a template prints of a report, the first half of `compose`; raises as that does.

        Args:
            loaded: from `load`.
            template: its name.
            traced: whether each text and figure says which characters of the input printed it.
        """
        from kexie_docs.compose.rendering import Renderer

        if template not in self._renderers:
            # Only where a file's owner and rights tell whether somebody else could have written it.
            compiled = user_folder(self._environment) / "compiled" if os.name == "posix" else None
            self._renderers[template] = Renderer(self._template_of(loaded, template), compiled)
        return self._renderers[template].render(loaded.report, loaded.place, traced=traced)

    def _template_of(self, loaded: "LoadedReport", name: str) -> "TemplateFolder":
        """Return a template; where the input names it and there is none, the error tells the line."""
        try:
            return self.template(name)
        except TemplateError as error:
            if name != loaded.report.template or any(problem.place.file for problem in error.problems):
                raise
            place = loaded.place(("模板",))
            excerpt = loaded.excerpt(place)
            told = [replace(problem, place=place, excerpt=excerpt) for problem in error.problems]
            raise TemplateError(told) from None

    def assemble(
        self, rendered: "Rendered", template: str, style: str | None, place: "PlaceOf"
    ) -> Composition:
        """Make a document of what a template printed, the second half of `compose`; raises as that does.

        Args:
            rendered: from `fill` with the same template.
            template: its name.
            style: ``office`` or ``strict``; None takes what the template extends.
            place: where the report's fields stand, for messages.
        """
        assembler = self._assembler(template, style)
        return Composition(assembler.assemble(rendered, place), assembler.style)

    def _assembler(self, name: str, style: str | None) -> "Assembler":
        from kexie_docs.compose.assemble import Assembler

        if (name, style) not in self._assemblers:
            folder = self.template(name)
            self._assemblers[name, style] = Assembler(folder, folder.load_style(style))
        return self._assemblers[name, style]

    def compose_traced(self, loaded: "LoadedReport", template: str | None = None) -> "Document":
        """Compose a report into a document whose texts and figures say where in the input they come from.

        Args:
            loaded: from `load`.
            template: name of a template; None takes the one that the input names.

        Raises:
            TemplateError: the template or its style is missing or not valid.
            InputError: the input lacks something that the template prints.
        """
        name = template or loaded.report.template
        rendered = self.fill(loaded, name, traced=True)
        return self.assemble(rendered, name, None, loaded.place).document

    def lay_out(self, composition: Composition) -> "Layout":
        """Break a composition into lines and pages.

        Raises:
            FontError: no font has a character of the text.
        """
        from kexie_docs.layout.document import layout_document
        from kexie_docs.layout.measure import KnownGlyphs

        if self._known_glyphs is None:
            self._known_glyphs = KnownGlyphs()
        return layout_document(composition.document, composition.style, self.fonts, self._known_glyphs)

    def render(self, composition: Composition, to: Format) -> bytes:
        """Return the finished file in one format.

        Raises:
            FontError: no font has a character of the text (PDF only).
        """
        if to == "pdf":
            return self.draw(self.lay_out(composition), composition)
        return write_word(composition, self.lay_out_for_word(composition))

    def lay_out_for_word(self, composition: Composition) -> "Layout | None":
        """Return a layout if the Word file depends on one; None if not, or if no font has its characters.

        Without it the Word file is as good as can be: the imprint begins an even page of its own, and the
        signature stands where the text ends.
        """
        if not needs_layout(composition):
            return None
        try:
            return self.lay_out(composition)
        except FontError:
            return None

    def make(
        self,
        composition: Composition,
        formats: Iterable[Format],
        source: Path,
        *,
        layout: "Layout | None" = None,
        grid: bool = False,
        proof: bool = False,
    ) -> Made:
        """Return the finished files of a composition.

        Args:
            composition: from `compose`.
            formats: which files.
            source: the input, for warnings.
            layout: of the composition, if it has been made already.
            grid: whether the PDF shows type area, grid and line boxes.
            proof: whether checking copies are made in place of the document.

        Raises:
            FontError: no font has a character of the text (PDF and checking copies only).
        """
        wanted = frozenset(formats)
        if wanted == {"docx"} and not proof:
            return Made({"docx": write_word(composition, layout or self.lay_out_for_word(composition))}, ())
        files: dict[Format, bytes] = {}
        warnings: list[Problem] = []
        layout = layout or self.lay_out(composition)
        if "pdf" in wanted:
            if proof:
                files["pdf"] = self.draw_proof(layout, composition)
            else:
                files["pdf"] = self.draw(layout, composition, grid=grid)
            if layout.substitutions or composition.style.named_fonts:
                from kexie_docs.layout.font_warnings import font_warnings

                warnings += font_warnings(source, layout, composition.style, self.fonts)
        if "docx" in wanted:
            if proof:
                files["docx"] = self.write_word_proof(layout, composition)
            else:
                files["docx"] = write_word(composition, layout)
        return Made(files, tuple(warnings))

    def draw(self, layout: "Layout", composition: Composition, *, grid: bool = False) -> bytes:
        """Return the PDF of a layout that was made of the composition.

        Args:
            layout: from `lay_out`.
            composition: what it was made of.
            grid: whether the type area, the grid and the line boxes are drawn beneath the text.
        """
        from kexie_docs.layout.figure_places import with_places
        from kexie_docs.provenance.records import figure_table
        from kexie_docs.writers.pdf.write import write_pdf

        rules = None
        if grid:
            from kexie_docs.layout.grid import grid_rules

            rules = grid_rules(layout, composition.style)
        figures = with_places(figure_table(composition.document), layout)
        return write_pdf(layout, composition.document.metadata, rules, figures=figures)

    def write_word_proof(self, layout: "Layout", composition: Composition) -> bytes:
        """Return the checking copy (校核稿) of a layout as a Word file."""
        from kexie_docs.layout.figure_places import with_places
        from kexie_docs.provenance.index import proof_title
        from kexie_docs.provenance.records import figure_table
        from kexie_docs.writers.docx.write import write_docx

        document = composition.document
        return write_docx(
            replace(document, metadata=proof_title(document.metadata)),
            composition.style,
            imprint_pages=cast("ImprintPages | None", layout.to_imprint),
            fits=layout.fits,
            proof=with_places(figure_table(document), layout),
        )

    def draw_proof(self, layout: "Layout", composition: Composition) -> bytes:
        """Return the checking copy (校核稿) of a layout as a PDF: figures numbered, an index, links.

        Raises:
            FontError: no font has a character of the index.
        """
        from kexie_docs.layout.figure_places import with_places
        from kexie_docs.layout.proof import proof_layout
        from kexie_docs.provenance.index import proof_title
        from kexie_docs.provenance.records import figure_table
        from kexie_docs.writers.pdf.write import write_pdf

        document = composition.document
        table = with_places(figure_table(document), layout)
        pages, links = proof_layout(layout, document, table, composition.style, self.fonts)
        return write_pdf(pages, proof_title(document.metadata), figures=table, links=links)


def prepare_word() -> None:
    """Load what `write_word` needs, while the document is still being composed elsewhere."""
    import kexie_docs.writers.docx.write  # noqa: F401  # loading it is the purpose


def write_word(composition: Composition, layout: "Layout | None" = None) -> bytes:
    """Return the Word file.

    Args:
        composition: what it says.
        layout: of the composition, where `needs_layout`; it tells the page of an imprint that must stand on
            an even one, and what the text above a signature or a table needs.
    """
    from kexie_docs.writers.docx.write import write_docx

    return write_docx(
        composition.document,
        composition.style,
        imprint_pages=None if layout is None else cast("ImprintPages | None", layout.to_imprint),
        fits=() if layout is None else layout.fits,
    )


def needs_layout(composition: Composition) -> bool:
    """Return whether the Word file depends on where pages end.

    It does where an imprint must stand on an even page, an upright table may end at a page's foot, or a
    signature may begin a page.
    """
    from kexie_docs.doctree.nodes import Imprint, Table
    from kexie_docs.style.signed import loose_signatures

    document = composition.document
    for block in document.blocks:
        if isinstance(block, Imprint) and block.even_page:
            return True
        if isinstance(block, Table) and not block.landscape:
            return True
    if next(loose_signatures(document.blocks, composition.style), None) is None:
        return False
    from kexie_docs.layout.ending import may_stand_alone

    return may_stand_alone(document, composition.style)


def with_fits(composition: Composition, layout: "Layout") -> Composition:
    """Return the composition with what its layout asks of the text above signatures and tables."""
    from kexie_docs.doctree.fits import fitted

    return replace(composition, document=fitted(composition.document, layout.fits))


def load(path: Path | str) -> "LoadedReport":
    """Read and validate an input.

    Raises:
        InputError: with every problem of the file.
    """
    from kexie_docs.readers.reader import read_report

    return read_report(Path(path), display=str(path))


def compose(loaded: "LoadedReport", template: str | None = None, style: str | None = None) -> Composition:
    """Compose a report with a template found from the current folder; see `Workshop.compose`."""
    return Workshop(Path.cwd(), os.environ).compose(loaded, template, style)


def write(composition: Composition, path: Path | str) -> None:
    """Render a composition in the format that the path's suffix names, and write it whole.

    Raises:
        OutputError: the suffix is neither .docx nor .pdf, or the file cannot be written.
        FontError: no font has a character of the text (PDF only).
    """
    from kexie_docs.writers.files import write_whole

    target = Path(path)
    write_whole(target, Workshop(Path.cwd(), os.environ).render(composition, format_of(target)))


def user_folder(environment: Mapping[str, str]) -> Path:
    """Return the folder for the user's own templates and installed fonts."""
    if environment.get("KEXIE_DOCS_HOME"):
        return Path(environment["KEXIE_DOCS_HOME"])
    base = environment.get("LOCALAPPDATA") or environment.get("XDG_DATA_HOME")
    return (Path(base) if base else Path.home() / ".local" / "share") / "kexie-docs"
