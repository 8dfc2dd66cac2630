"""The text of a PDF, line by line, without its page numbers."""

import re
import stat
from pathlib import Path

from kexie_docs.errors import InputError, Message, Place, Problem, message
from kexie_docs.provenance.index import says_proof
from kexie_docs.revisions.edited import Edited, EditedFile

FILE_BYTES = 200 * 1024 * 1024
"""Largest file that is opened."""

PAGES = 5_000
"""Most pages that are read."""

_PAGE_NUMBER = re.compile(r"[-—–－─]\s*\d+\s*[-—–－─]|\d{1,4}|第\s*\d+\s*页(\s*共\s*\d+\s*页)?")


def read_pdf(path: Path) -> EditedFile:
    """Return the lines of a PDF, page after page.

    Raises:
        InputError: KD161, it cannot be read, is protected, or has no text (a scan); KD163, it is a checking
            copy, whose numbers stand among the text.
    """
    import pypdfium2 as pdfium

    from kexie_docs.readers.pdf_weight import heavy_page_of

    file = str(path)
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise OSError  # a pipe or a device may have no end
        if status.st_size > FILE_BYTES:
            raise _error(file, message("The file is larger than {mib} MiB", mib=FILE_BYTES >> 20))
        heavy = heavy_page_of(path.read_bytes())
        if heavy is not None:
            raise _error(file, message("Page {page} draws more than any document needs", page=heavy))
        document = pdfium.PdfDocument(path)
    except OSError:
        raise _error(
            file, message("The file cannot be read"), message("Check the name and the folder.")
        ) from None
    except pdfium.PdfiumError:
        raise _error(
            file,
            message("The file is no PDF that can be opened: damaged, or protected with a password"),
            message("Open it in a PDF viewer, and save it again."),
        ) from None
    lines: list[Edited] = []
    try:
        if says_proof(document.get_metadata_value("Title")):
            raise _error(
                file,
                message(
                    "This PDF is a checking copy (校核稿): its numbers and index are not in the document"
                ),
                message("Name the document itself, whose file name has no -proof."),
                "KD163",
            )
        for number in range(min(len(document), PAGES)):
            page = document[number]
            text = page.get_textpage().get_text_range()
            lines += (Edited(line, page=number + 1) for line in _lines(text))
            page.close()
    except pdfium.PdfiumError:
        raise _error(file, message("A page of the file is damaged")) from None
    finally:
        document.close()
    if not lines:
        raise _error(
            file,
            message("The file has no text: its pages are pictures"),
            message("Take the file that the text was printed from, not the scan."),
        )
    return EditedFile(tuple(lines), pages=True)


def _lines(text: str) -> list[str]:
    """Return the lines of a page that say something; its number stands in the first or last of them."""
    # PDFium has U+FFFE for the hyphen of a word that is parted.
    lines = [line for line in re.split(r"[\r\n]+", text.replace("\ufffe", "-")) if line.strip()]
    if lines and _PAGE_NUMBER.fullmatch(lines[-1].strip()):
        del lines[-1]
    if lines and _PAGE_NUMBER.fullmatch(lines[0].strip()):
        del lines[0]
    return lines


def _error(file: str, what: Message, hint: Message | None = None, code: str = "KD161") -> InputError:
    return InputError(Problem(code, what, Place(file), hint))
