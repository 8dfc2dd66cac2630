"""Ceilings on inputs: far above any real document, low enough that no file can stall a run."""

INPUT_BYTES = 4 * 1024 * 1024
"""Size of an input file."""

DEPTH = 60
"""Lists and maps inside one another."""

NODES = 80_000
"""Keys, values, lists and maps of a file together."""

PARAGRAPHS = 25_000
"""Lines of the texts of a file together, metrics aside; a paragraph takes a quarter of a millisecond."""

REFERENCES = 30_000
"""References in the text of a file together."""

LINE_CHARACTERS = 2_000
"""Characters of a value that is one line."""

PARAGRAPH_CHARACTERS = 20_000
"""Characters of one paragraph; laying out a paragraph takes time that grows faster than its length."""

NAME_CHARACTERS = 60
"""Characters of a metric's or a template's name."""

PROBLEMS = 100
"""Problems that are listed; the rest is counted."""
