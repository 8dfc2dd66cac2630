"""What a template's run may cost, as data: far above what a thousand pages need."""

MAX_OUTPUT = 4_000_000
"""Most characters that a template may print, in macros and texts put aside too.

A thousand pages are below a million.
"""

MAX_PARAGRAPH = 50_000
"""Most characters of one paragraph; a page has some six hundred."""

MAX_STEPS = 300_000
"""Most rounds of loops, calls and printed values; a thousand pages have some twenty thousand."""

MAX_SECONDS = 1.5
"""Longest time that it may compute, of this thread alone, so that a busy machine stops nobody."""

MAX_ITEMS = 100_000
"""Most items of a list that a filter makes."""

MAX_LOOPS = 16
"""Most loops inside each other; Python itself takes no more than twenty."""
