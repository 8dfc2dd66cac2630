"""A file attached to the PDF: listed in the viewers' pane of attachments, associated with the document."""

from datetime import date

from kexie_docs.writers.pdf.objects import PdfFile, array, dictionary, stream, text


def attach(
    file: PdfFile, file_name: str, data: bytes, description: str, *, media: str, day: date | None
) -> None:
    """Attach a file; one for each document.

    ISO 32000-1, 7.11.4; the relationship Data is that of ISO 32000-2, 14.13 (and of PDF/A-3).

    Args:
        file: to which.
        file_name: its name, in ASCII.
        data: what it holds.
        description: what viewers say of it.
        media: its media type.
        day: when it was made; None where nobody knows.
    """
    about: dict[str, object] = {"Size": len(data)}
    if day is not None:
        about["ModDate"] = text(f"D:{day:%Y%m%d}000000Z")
    entries = {
        "Type": "/EmbeddedFile",
        "Subtype": "/" + media.replace("/", "#2F"),
        "Params": dictionary(about),
    }
    embedded = file.refer(stream(data, entries))
    specification = file.refer(
        dictionary(
            {
                "Type": "/Filespec",
                "F": text(file_name),
                "UF": text(file_name),
                "EF": dictionary({"F": embedded, "UF": embedded}),
                "Desc": text(description),
                "AFRelationship": "/Data",
            }
        )
    )
    names = dictionary({"Names": array(text(file_name), specification)})
    file.set_in_catalog("Names", dictionary({"EmbeddedFiles": file.refer(names)}))
    file.set_associated(array(specification))
