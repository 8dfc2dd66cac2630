"""What other programs read in our files."""

import io
import re
import subprocess
import unicodedata
from pathlib import Path

from tests.support.tools import require


def folded(text: str) -> str:
    """Return the text after NFKC, without white space: what is compared with a seed."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def without_page_numbers(text: str) -> str:
    """Return the text without lines that are a page number."""
    return re.sub(r"^\s*— ?\d+ ?—\s*$", "", text, flags=re.M)


def in_pdfplumber(pdf: Path) -> str:
    """Return the text that pdfplumber reads."""
    import pdfplumber

    with pdfplumber.open(pdf) as document:
        return "\n".join(page.extract_text() or "" for page in document.pages)


def in_pdftotext(pdf: Path) -> str:
    """Return the text that poppler reads."""
    done = subprocess.run(
        [require("pdftotext"), "-enc", "UTF-8", str(pdf), "-"], check=True, capture_output=True
    )
    return done.stdout.decode("utf-8").replace("\f", "\n")


def in_pdfium(pdf: Path) -> str:
    """Return the text that pdfium reads."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        texts = []
        for page in document:
            text_page = page.get_textpage()
            texts.append(text_page.get_text_range())
            text_page.close()
            page.close()
        return "\n".join(texts)
    finally:
        document.close()


def in_python_docx(docx: Path) -> str:
    """Return the text that python-docx reads."""
    import docx as python_docx

    return "\n".join(
        paragraph.text for paragraph in python_docx.Document(io.BytesIO(docx.read_bytes())).paragraphs
    )
