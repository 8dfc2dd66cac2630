"""Both halves of composing in one: a report and a template to the document tree."""

from kexie_docs.compose.assemble import Assembler
from kexie_docs.compose.places import PlaceOf, nowhere
from kexie_docs.compose.rendering import Renderer
from kexie_docs.compose.templates import TemplateFolder
from kexie_docs.doctree.nodes import Document
from kexie_docs.model.report import Report
from kexie_docs.style.sheet import Style


class Composer:
    """One template made ready, for any number of reports.

    Attributes:
        style: the style sheet that its documents are to be set in.
    """

    def __init__(self, folder: TemplateFolder, style: Style | None = None) -> None:
        """Make a template ready.

        Args:
            folder: from `find_template`.
            style: the template's style; None reads it.

        Raises:
            TemplateError: the style is not valid.
        """
        self.style = style if style is not None else folder.load_style()
        self._renderer = Renderer(folder)
        self._assembler = Assembler(folder, self.style)

    def compose(self, report: Report, place: PlaceOf = nowhere, *, traced: bool = False) -> Document:
        """Return the document of a report.

        Args:
            report: a valid input.
            place: where the report's fields stand, for messages.
            traced: whether each text and figure says which characters of the input printed it.

        Raises:
            TemplateError: KD404 to KD410, with the template's file and line.
            InputError: the input's text asks for what is not there, or its Markdown cannot be used.
        """
        return self._assembler.assemble(self._renderer.render(report, place, traced=traced), place)
