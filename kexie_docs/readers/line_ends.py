"""Line ends of a file that is written anew: as they were, also where lines were added or removed."""

import re
from collections import Counter
from difflib import SequenceMatcher

_MARK = b"\xef\xbb\xbf"


def as_text(data: bytes) -> str:
    """Return a file's text as the readers have it: without a byte order mark, lines ended by line feeds.

    What is no UTF-8 becomes U+FFFD: the file is no longer the one that was read.
    """
    return re.sub(r"\r\n|\r", "\n", data.removeprefix(_MARK).decode("utf-8", "replace"))


def with_line_ends(text: str, original: bytes) -> bytes:
    """Return a text as bytes with the byte order mark and the line ends of the file it is to replace.

    Lines that were there keep their own ends, also where one stands in another's place; lines that come in
    besides have the end that most of them have.
    """
    mark = _MARK if original.startswith(_MARK) else b""
    ends = re.findall(rb"\r\n|\r|\n", original)
    usual = Counter(ends).most_common(1)[0][0] if ends else b"\n"
    lines = text.split("\n")
    written = [usual] * (len(lines) - 1) + [b""]
    if len(set(ends)) > 1:
        old = as_text(original).split("\n")
        for tag, a, until, b, other in SequenceMatcher(None, old, lines, autojunk=False).get_opcodes():
            if tag == "equal" or until - a == other - b:
                kept = ends[a:until][: len(lines) - 1 - b]
                written[b : b + len(kept)] = kept
    return mark + b"".join(line.encode() + end for line, end in zip(lines, written, strict=True))
