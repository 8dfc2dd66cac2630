"""The first half of composing: a report through a template, to Markdown with the values it prints."""

from pathlib import Path

from kexie_docs.compose.closing import SealPicture
from kexie_docs.compose.environment import TemplateLanguage, render
from kexie_docs.compose.loader import FolderLoader
from kexie_docs.compose.namespace import Namespace
from kexie_docs.compose.places import PlaceOf, file_name, nowhere
from kexie_docs.compose.rendered import Rendered
from kexie_docs.compose.templates import CONTENT, TemplateFolder
from kexie_docs.model.report import Report, Seal, SignatureStamp
from kexie_docs.units import Twips


class Renderer:
    """One template compiled, for any number of reports."""

    def __init__(self, folder: TemplateFolder, compiled: Path | None = None) -> None:
        """Make a template ready; it is compiled when it is first rendered.

        Args:
            folder: from `find_template`.
            compiled: folder for compiled code, as `TemplateLanguage` has it; None keeps none.
        """
        self._folder = folder
        self._language = TemplateLanguage(FolderLoader(folder), compiled)

    def render(self, report: Report, place: PlaceOf = nowhere, *, traced: bool = False) -> Rendered:
        """Return what the template prints of a report.

        Args:
            report: a valid input.
            place: where the report's fields stand, for messages.
            traced: whether each text and figure says which characters of the input printed it.

        Raises:
            TemplateError: KD404 to KD408, with the template's file and line.
            InputError: the input's text asks for what is not there.
        """
        namespace = _namespace(traced)(report, self._folder.defaults, place)
        text = render(self._language, CONTENT, namespace.names())
        signature = report.signature
        return Rendered(
            markdown=text,
            store=namespace.store,
            input=file_name(place("")),
            author=report.organization.full_name,
            created=signature.issue_date if signature is not None else None,
            seal=_picture(signature.seal) if signature is not None else None,
            seals=tuple(_picture(one.seal) for one in signature.signatories) if signature is not None else (),
            stamp=_picture(signature.stamp) if signature is not None else None,
            even_page=report.imprint is not None and report.imprint.even_page,
        )


def _namespace(traced: bool) -> type[Namespace]:
    if not traced:
        return Namespace
    from kexie_docs.compose.tracing import TracedNamespace

    return TracedNamespace


def _picture(seal: Seal | SignatureStamp | None) -> SealPicture | None:
    """Return a picture in its printed size, its height by the picture's own proportions."""
    if seal is None or not seal.image.data:
        return None
    height = Twips(round(seal.width * seal.image.height / seal.image.width))
    return SealPicture(seal.image.data, seal.width, height)
