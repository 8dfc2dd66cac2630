"""ZIP with nothing of the clock and the machine in it."""

import io
import zipfile
from collections.abc import Iterable

_EPOCH = (1980, 1, 1, 0, 0, 0)
_LEVEL = 6


def zipped(entries: Iterable[tuple[str, bytes]]) -> bytes:
    """Return a ZIP archive of (name, data) in the given order.

    Times are the format's earliest, the system that made it is always MS-DOS, nothing is streamed: equal
    entries give equal bytes (with the same zlib).
    """
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as archive:
        for name, data in entries:
            item = zipfile.ZipInfo(name, _EPOCH)
            item.create_system = 0
            item.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(item, data, compresslevel=_LEVEL)
    return stream.getvalue()
