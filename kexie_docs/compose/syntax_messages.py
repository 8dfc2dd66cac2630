"""Jinja2's complaints about a template's syntax, in our words."""

import re
from collections.abc import Callable

from kexie_docs.compose.guard import TOO_DEEP, TOO_LONG_NUMBER
from kexie_docs.errors import Message, message

Said = tuple[Message, Message | None]


def _unknown_tag(match: re.Match[str]) -> Said:
    return message("There is no statement “{name}”.", name=match[1]), None


def _unknown_filter(match: re.Match[str]) -> Said:
    return message("There is no filter “{name}”.", name=match[1]), None


def _unknown_test(match: re.Match[str]) -> Said:
    return message("There is no test “{name}”.", name=match[1]), None


def _unexpected_character(match: re.Match[str]) -> Said:
    return (
        message("“{char}” does not belong here.", char=match[1]),
        message("Inside braces only half-width marks are read: , . | ( ) and straight quotes."),
    )


def _expected(match: re.Match[str]) -> Said:
    return (
        message("“{found}” stands where “{wanted}” is expected.", found=match[2], wanted=match[1]),
        None,
    )


def _unexpected(match: re.Match[str]) -> Said:
    return message("“{char}” does not belong here.", char=match[1]), None


def _unclosed(match: re.Match[str]) -> Said:
    return (
        message("The file ends before “{wanted}”.", wanted=match[1]),
        message("Close every {{% if %}} with {{% endif %}} and every {{% for %}} with {{% endfor %}}."),
    )


def _wrong_end(match: re.Match[str]) -> Said:
    return message("“{name}” closes nothing that is open here.", name=match[1]), None


def _twice(match: re.Match[str]) -> Said:
    return message("The block “{name}” is defined twice.", name=match[1]), message("Give one another name.")


def _too_deep(match: re.Match[str]) -> Said:
    return (
        message("This is nested too deep."),
        message("Part it: put what stands inside into a macro, or into a file that is included."),
    )


def _too_long_number(match: re.Match[str]) -> Said:
    return message("A number has too many digits."), None


_TABLE: tuple[tuple[str, Callable[[re.Match[str]], Said]], ...] = (
    (r"No filter named '(.+?)'", _unknown_filter),
    (r"No test named '(.+?)'", _unknown_test),
    (r"Unexpected end of template\. .*? looking for the following tags: '(\w+)'", _unclosed),
    (r"Encountered unknown tag '(end\w+|else|elif)'", _wrong_end),
    (r"Encountered unknown tag '(.+?)'", _unknown_tag),
    (r"unexpected char '(.+?)'", _unexpected_character),
    (r"expected token '(.+?)', got '(.+?)'", _expected),
    (r"unexpected '(.+?)'", _unexpected),
    (r"block '(.+?)' defined twice", _twice),
    (TOO_DEEP, _too_deep),
    (TOO_LONG_NUMBER, _too_long_number),
)


def syntax_message(said: str) -> Said:
    """Return what is wrong and what to do, for a message of Jinja2's parser."""
    for pattern, make in _TABLE:
        if (match := re.search(pattern, said)) is not None:
            return make(match)
    return (
        message("The template cannot be read from here on."),
        message("Check that every {{{{ and {{% is closed and that names and quotes are right."),
    )
