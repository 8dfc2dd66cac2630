"""Characters that no text may hold: those that cannot be printed, cannot be seen, or reorder what is seen."""

import re
from collections.abc import Iterator

from kexie_docs.errors import Message, message
from kexie_docs.model.issues import Issue

_CONTROLS = "\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f"
_BIDI = "\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069"
# Zero-width marks, soft hyphen, fillers, line and paragraph separators, annotation marks, tags.
_UNSEEN = (
    "\\xad\\u034f\\u115f\\u1160\\u17b4\\u17b5\\u180e\\u200b-\\u200d\\u2028\\u2029\\u2060-\\u2065\\u206a-\\u206f"
    "\\u3164\\ufeff\\uffa0\\ufff9-\\ufffb\\U000e0000-\\U000e007f"
)
_NONCHARACTERS = "\\ufdd0-\\ufdef" + "".join(f"\\U{plane:04x}fffe\\U{plane:04x}ffff" for plane in range(17))
_SURROGATES = "\\ud800-\\udfff"

_IN_FILE = re.compile(f"[{_CONTROLS}{_BIDI}{_UNSEEN}{_NONCHARACTERS}{_SURROGATES}]")
_IN_TEXT = re.compile(f"[\\t\\r{_CONTROLS}{_BIDI}{_UNSEEN}{_NONCHARACTERS}{_SURROGATES}]")
_IS_BIDI = f"[{_BIDI}]"
_IS_UNSEEN = f"[{_UNSEEN}]"


def file_issues(text: str) -> Iterator[Issue]:
    """Yield an issue for each character that no input file may hold; tabs and line ends may stand."""
    return (_issue(match) for match in _IN_FILE.finditer(text))


def text_issues(text: str) -> Iterator[Issue]:
    """Yield an issue for each character that no text of a document may hold; line feeds may stand."""
    return (_issue(match) for match in _IN_TEXT.finditer(text))


def shown(text: str, limit: int = 60) -> str:
    """Return text of a file as a message may show it: short, one line, nothing that acts on a terminal."""
    clean = _IN_TEXT.sub("\N{REPLACEMENT CHARACTER}", text.strip()).replace("\n", " ")
    return clean if len(clean) <= limit else clean[: limit - 1] + "…"


def visible(line: str) -> str:
    """Return a line of a file with each forbidden character replaced, so that columns stay."""
    return _IN_FILE.sub("\N{REPLACEMENT CHARACTER}", line)


def _issue(match: re.Match[str]) -> Issue:
    character = match[0]
    code_point = f"U+{ord(character):04X}"
    what: Message
    hint: Message
    if character == "\t":
        what = message("A tab ({code_point}) stands in the text", code_point=code_point)
        hint = message("Put a space in its place, or nothing.")
    elif re.match(_IS_BIDI, character):
        what = message(
            "The text holds {code_point}, which turns the order of characters", code_point=code_point
        )
        hint = message("Delete it: it cannot be seen, but what is printed would not be what is stored.")
    elif re.match(_IS_UNSEEN, character):
        what = message("The text holds the invisible character {code_point}", code_point=code_point)
        hint = message("Delete it, or type the words again: it often comes with text copied from a web page.")
    else:
        what = message("The text holds {code_point}, which cannot be printed", code_point=code_point)
        hint = message("Delete it: it is a control character or none at all.")
    return Issue("KD107", what, hint, offset=match.start())
