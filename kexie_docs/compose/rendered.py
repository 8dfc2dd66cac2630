"""What a template printed: what composing's first half gives its second.

A plain value: the halves may run in different processes, each without the other's libraries.
"""

from datetime import date

from kexie_docs.compose.closing import SealPicture
from kexie_docs.compose.tokens import TokenStore
from kexie_docs.frozen import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """A template's output for one report.

    Attributes:
        markdown: its text; values of the input are tokens.
        store: what the tokens stand for.
        input: name of the input's file without folders; "" where there is none.
        author: who issues the document, for the files' metadata.
        created: date of issue; None where the input gives none.
        seal: the seal over the signature; None without one.
        seals: of joint issue, one for each name; None where a name has none.
        stamp: the signature stamp; None without one.
        even_page: whether the imprint has to stand on an even page.
    """

    markdown: str
    store: TokenStore
    input: str
    author: str
    created: date | None
    seal: SealPicture | None
    seals: tuple[SealPicture | None, ...]
    stamp: SealPicture | None
    even_page: bool
