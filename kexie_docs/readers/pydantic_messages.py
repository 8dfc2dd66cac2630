"""Pydantic's error types in our own words: a table, complete for the version that is installed.

Most types cannot come from this model; they are here so that none ever reaches a user in pydantic's English.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from kexie_docs.errors import Message, message

if TYPE_CHECKING:
    from pydantic_core.core_schema import ErrorType

_TEXT = message("Text is expected here")
_LIST = message("A list is expected here")
_MAP = message("A map of keys and values is expected here")
_NUMBER = message("A number is expected here")
_WHOLE = message("A whole number is expected here")
_YES_NO = message("Yes or no is expected here")
_DATE = message("A date is expected here")
_TIME = message("A time is expected here")
_SPAN = message("A length of time is expected here")
_ADDRESS = message("A web address is expected here")
_IDENTIFIER = message("An identifier is expected here")
_SHORT = message("This has fewer items or characters than it needs")
_LONG = message("This has more items or characters than it may")
_MISSING = message("A required value is missing")
_UNKNOWN = message("This value is not known here")
_CHOICE = message("The value is none of those that are allowed")
_WRONG = message("The value is not of the kind that is expected here")
_FIXED = message("This value may not be changed")
_NESTED = message("The values are nested too deep, or in a circle")

# The keys are pydantic's own literal type, so that mypy finds one that is misspelt.
_TABLE: "Mapping[ErrorType, tuple[str, Message]]" = {
    "no_such_attribute": ("KD203", _UNKNOWN),
    "json_invalid": ("KD130", message("The text is not JSON")),
    "json_type": ("KD201", _TEXT),
    "needs_python_object": ("KD201", _WRONG),
    "recursion_loop": ("KD117", _NESTED),
    "recursion_depth_exceeded": ("KD117", _NESTED),
    "missing": ("KD202", _MISSING),
    "frozen_field": ("KD201", _FIXED),
    "frozen_instance": ("KD201", _FIXED),
    "extra_forbidden": ("KD203", _UNKNOWN),
    "invalid_key": ("KD120", message("A key has to be text")),
    "get_attribute_error": ("KD201", _WRONG),
    "model_type": ("KD201", _MAP),
    "model_attributes_type": ("KD201", _MAP),
    "dataclass_type": ("KD201", _MAP),
    "dataclass_exact_type": ("KD201", _MAP),
    "named_tuple_type": ("KD201", _LIST),
    "default_factory_not_called": ("KD201", _WRONG),
    "none_required": ("KD201", message("No value may stand here")),
    "greater_than": ("KD201", message("A number above {gt} is expected here")),
    "greater_than_equal": ("KD201", message("A number of at least {ge} is expected here")),
    "less_than": ("KD201", message("A number below {lt} is expected here")),
    "less_than_equal": ("KD201", message("A number of at most {le} is expected here")),
    "multiple_of": ("KD201", message("A multiple of {multiple_of} is expected here")),
    "finite_number": ("KD201", _NUMBER),
    "too_short": ("KD201", _SHORT),
    "too_long": ("KD201", _LONG),
    "iterable_type": ("KD201", _LIST),
    "iteration_error": ("KD201", _LIST),
    "string_type": ("KD201", _TEXT),
    "string_unicode": ("KD106", _TEXT),
    "string_too_short": ("KD201", message("At least {min_length} characters are expected here")),
    "string_too_long": ("KD207", message("At most {max_length} characters may stand here")),
    "string_pattern_mismatch": ("KD201", message("The text does not have the form that is expected here")),
    "string_not_ascii": ("KD201", message("Only letters, digits and marks of ASCII may stand here")),
    "enum": ("KD201", _CHOICE),
    "dict_type": ("KD201", _MAP),
    "frozen_dict_type": ("KD201", _MAP),
    "ordered_dict_type": ("KD201", _MAP),
    "counter_type": ("KD201", _MAP),
    "mapping_type": ("KD201", _MAP),
    "list_type": ("KD201", _LIST),
    "deque_type": ("KD201", _LIST),
    "tuple_type": ("KD201", _LIST),
    "set_type": ("KD201", _LIST),
    "set_item_not_hashable": ("KD201", _WRONG),
    "bool_type": ("KD201", _YES_NO),
    "bool_parsing": ("KD201", _YES_NO),
    "int_type": ("KD201", _WHOLE),
    "int_parsing": ("KD201", _WHOLE),
    "int_parsing_size": ("KD201", message("The number is too large")),
    "int_from_float": ("KD201", _WHOLE),
    "float_type": ("KD201", _NUMBER),
    "float_parsing": ("KD201", _NUMBER),
    "bytes_type": ("KD201", _TEXT),
    "bytes_too_short": ("KD201", _SHORT),
    "bytes_too_long": ("KD201", _LONG),
    "bytes_invalid_encoding": ("KD106", _TEXT),
    "value_error": ("KD201", _WRONG),
    "assertion_error": ("KD201", _WRONG),
    "literal_error": ("KD201", _CHOICE),
    "missing_sentinel_error": ("KD201", message("No value may stand here")),
    "ellipsis_error": ("KD201", _WRONG),
    "date_type": ("KD211", _DATE),
    "date_parsing": ("KD211", _DATE),
    "date_from_datetime_parsing": ("KD211", _DATE),
    "date_from_datetime_inexact": ("KD211", message("A date without a time is expected here")),
    "date_past": ("KD211", message("A date in the past is expected here")),
    "date_future": ("KD211", message("A date in the future is expected here")),
    "time_type": ("KD211", _TIME),
    "time_parsing": ("KD211", _TIME),
    "datetime_type": ("KD211", _DATE),
    "datetime_parsing": ("KD211", _DATE),
    "datetime_object_invalid": ("KD211", _DATE),
    "datetime_from_date_parsing": ("KD211", _DATE),
    "datetime_past": ("KD211", message("A date in the past is expected here")),
    "datetime_future": ("KD211", message("A date in the future is expected here")),
    "timezone_naive": ("KD211", message("No time zone may stand here")),
    "timezone_aware": ("KD211", message("A time zone is expected here")),
    "timezone_offset": ("KD211", message("Another time zone is expected here")),
    "time_delta_type": ("KD211", _SPAN),
    "time_delta_parsing": ("KD211", _SPAN),
    "frozen_set_type": ("KD201", _LIST),
    "is_instance_of": ("KD201", _WRONG),
    "is_subclass_of": ("KD201", _WRONG),
    "callable_type": ("KD201", _WRONG),
    "union_tag_invalid": ("KD201", _CHOICE),
    "union_tag_not_found": ("KD202", _MISSING),
    "arguments_type": ("KD201", _WRONG),
    "missing_argument": ("KD202", _MISSING),
    "unexpected_keyword_argument": ("KD203", _UNKNOWN),
    "missing_keyword_only_argument": ("KD202", _MISSING),
    "unexpected_positional_argument": ("KD203", _UNKNOWN),
    "missing_positional_only_argument": ("KD202", _MISSING),
    "multiple_argument_values": ("KD119", message("The value is given twice")),
    "url_type": ("KD201", _ADDRESS),
    "url_parsing": ("KD201", _ADDRESS),
    "url_syntax_violation": ("KD201", _ADDRESS),
    "url_too_long": ("KD207", message("At most {max_length} characters may stand here")),
    "url_scheme": ("KD201", _ADDRESS),
    "uuid_type": ("KD201", _IDENTIFIER),
    "uuid_parsing": ("KD201", _IDENTIFIER),
    "uuid_version": ("KD201", _IDENTIFIER),
    "decimal_type": ("KD201", _NUMBER),
    "decimal_parsing": ("KD201", _NUMBER),
    "decimal_max_digits": ("KD201", message("The number may have at most {max_digits} digits")),
    "decimal_max_places": ("KD201", message("The number may have at most {decimal_places} decimal places")),
    "decimal_whole_digits": (
        "KD201",
        message("The number may have at most {whole_digits} digits before the decimal point"),
    ),
    "fraction_type": ("KD201", _NUMBER),
    "fraction_parsing": ("KD201", _NUMBER),
    "complex_type": ("KD201", _NUMBER),
    "complex_str_parsing": ("KD201", _NUMBER),
}

MESSAGES: Mapping[str, tuple[str, Message]] = {kind: entry for kind, entry in _TABLE.items()}
"""Error type to code and message; the slots are named as pydantic names the bounds it checks."""

_OTHER = ("KD201", _WRONG)


def message_for(kind: str, context: Mapping[str, Any]) -> tuple[str, Message]:
    """Return code and message of an error type, its slots filled; an unknown type has a general one."""
    code, text = MESSAGES.get(kind, _OTHER)
    return code, Message(text.text, tuple((name, str(value)) for name, value in context.items()))


_HINTS: Mapping[str, Message] = {
    _LIST.text: message("Write its items one a line, each after {mark} and a space.", mark="-"),
    _MAP.text: message("Write one key and its value a line, indented below the key above."),
}


def hint_for(kind: str) -> Message | None:
    """Return what to do about an error type, or None."""
    return _HINTS.get(MESSAGES.get(kind, _OTHER)[1].text)
