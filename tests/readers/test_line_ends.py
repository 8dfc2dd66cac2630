"""Line ends of a file that is written anew."""

from kexie_docs.readers.line_ends import as_text, with_line_ends


def test_line_ends_and_byte_order_mark_are_kept() -> None:
    original = "\ufeffa,\r\nb\rc\nd".encode()
    assert with_line_ends("a，\nb\nc\nd", original) == "\ufeffa，\r\nb\rc\nd".encode()


def test_line_that_is_edited_keeps_its_own_end() -> None:
    """The other end is the usual one of the file."""
    assert with_line_ends("甲\n乙。\n丙\n丁", "甲\n乙\r\n丙\n丁".encode()) == "甲\n乙。\r\n丙\n丁".encode()
    assert with_line_ends("甲\n乙\n丙。", "甲\n乙\r\n丙".encode()) == "甲\n乙\r\n丙。".encode()


def test_what_is_no_text_differs_from_every_text() -> None:
    """Another program may have put anything there since the file was read."""
    assert as_text(b"\xff\xfe") != "甲"
