"""The Internet Printing Protocol, as far as asking a print server about printers and jobs (RFC 8010, 8011).

The commands of CUPS say that a job has left the queue, but not whether it was printed or cancelled; and the
libraries that say it (pycups) need a compiler. Requests go to the print server that the user's CUPS names.
"""

import http.client
import socket
import struct
from collections.abc import Iterator, Mapping
from typing import TypeAlias

from kexie_docs.frozen import dataclass

GET_JOB_ATTRIBUTES = 0x0009
GET_PRINTER_ATTRIBUTES = 0x000B

Value: TypeAlias = str | int | bool
Attributes: TypeAlias = Mapping[str, tuple[Value, ...]]

_VERSION = b"\x01\x01"
_OPERATION, _END = 0x01, 0x03
_INTEGER, _BOOLEAN, _ENUM, _NAME, _KEYWORD, _URI, _CHARSET, _LANGUAGE = (
    0x21, 0x22, 0x23, 0x42, 0x44, 0x45, 0x47, 0x48,
)  # fmt: skip
_SECONDS = 10
_MOST_BYTES = 4_000_000


class NoAnswerError(Exception):
    """The print server did not answer, or not in this protocol."""


@dataclass(frozen=True, slots=True)
class Server:
    """Where the print server listens.

    Attributes:
        host: name or address; "" for a socket of this machine.
        port: number; 0 for a socket of this machine.
        path: of the socket; "" for none.
    """

    host: str
    port: int
    path: str = ""

    @classmethod
    def named(cls, text: str) -> "Server":
        """Return the server that CUPS names: ``/run/cups/cups.sock``, ``host``, ``host:port``."""
        text = text.strip().partition("/version=")[0]
        if text.startswith("/"):
            return cls("", 0, text)
        host, colon, port = text.rpartition(":")
        if not colon or not port.isdecimal():
            host, port = text, "631"
        return cls(host.strip("[]"), int(port))


class _SocketConnection(http.client.HTTPConnection):
    """HTTP over a socket of this machine."""

    def __init__(self, path: str) -> None:
        super().__init__("localhost", timeout=_SECONDS)
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(_SECONDS)
        self.sock.connect(self._path)


def printer_attributes(server: Server, printer: str, *wanted: str) -> Attributes:
    """Return what a printer says of itself.

    Raises:
        NoAnswerError: the server does not answer.
    """
    return _ask(server, GET_PRINTER_ATTRIBUTES, f"/printers/{printer}", "printer-uri", (), wanted)


def job_attributes(server: Server, printer: str, job: int, *wanted: str) -> Attributes:
    """Return what the server says of a job.

    Raises:
        NoAnswerError: the server does not answer, or knows the job no more.
    """
    target = (_integer("job-id", job),)
    return _ask(server, GET_JOB_ATTRIBUTES, f"/printers/{printer}", "printer-uri", target, wanted)


def _ask(
    server: Server,
    operation: int,
    resource: str,
    target: str,
    more: tuple[bytes, ...],
    wanted: tuple[str, ...],
) -> Attributes:
    host = server.host or "localhost"
    parts = [
        _VERSION,
        struct.pack(">HI", operation, 1),
        bytes((_OPERATION,)),
        _attribute(_CHARSET, "attributes-charset", b"utf-8"),
        _attribute(_LANGUAGE, "attributes-natural-language", b"en"),
        _attribute(_URI, target, f"ipp://{host}{resource}".encode()),
        *more,
        _attribute(_NAME, "requesting-user-name", b"kexie-docs"),
    ]
    for number, name in enumerate(wanted):
        parts.append(_attribute(_KEYWORD, "requested-attributes" if number == 0 else "", name.encode()))
    parts.append(bytes((_END,)))
    connection = (
        _SocketConnection(server.path)
        if server.path
        else http.client.HTTPConnection(server.host, server.port, timeout=_SECONDS)
    )
    try:
        connection.request("POST", resource, b"".join(parts), {"Content-Type": "application/ipp"})
        response = connection.getresponse()
        data = response.read(_MOST_BYTES)
    except (OSError, http.client.HTTPException) as error:
        raise NoAnswerError(str(error)) from error
    finally:
        connection.close()
    if response.status != 200 or len(data) < 8:
        raise NoAnswerError(f"HTTP {response.status}")
    (status,) = struct.unpack(">H", data[2:4])
    if status >= 0x0100:
        raise NoAnswerError(f"IPP {status:#06x}")
    return decoded(data)


def decoded(data: bytes) -> Attributes:
    """Return all attributes of a response, whatever their group.

    Raises:
        NoAnswerError: it is cut short.
    """
    found: dict[str, list[Value]] = {}
    current = ""
    try:
        for name, value in _values(data):
            current = name or current
            if value is not None:
                found.setdefault(current, []).append(value)
    except (struct.error, IndexError) as error:
        raise NoAnswerError("cut short") from error
    return {name: tuple(values) for name, values in found.items()}


def _values(data: bytes) -> Iterator[tuple[str, Value | None]]:
    position = 8
    while data[position] != _END:
        tag = data[position]
        position += 1
        if tag < 0x10:  # a group begins
            continue
        (length,) = struct.unpack_from(">H", data, position)
        name = data[position + 2 : position + 2 + length].decode("utf-8", "replace")
        position += 2 + length
        (length,) = struct.unpack_from(">H", data, position)
        raw = data[position + 2 : position + 2 + length]
        position += 2 + length
        yield name, _value(tag, raw)


def _value(tag: int, raw: bytes) -> Value | None:
    if tag in (_INTEGER, _ENUM) and len(raw) == 4:
        return int(struct.unpack(">i", raw)[0])
    if tag == _BOOLEAN:
        return raw != b"\0"
    if 0x40 <= tag <= 0x4A:
        return raw.decode("utf-8", "replace")
    if tag == 0x33 and len(raw) == 8:  # a range: its upper end is what is asked for here
        return int(struct.unpack(">ii", raw)[1])
    return None


def _attribute(tag: int, name: str, value: bytes) -> bytes:
    encoded = name.encode("ascii")
    return bytes((tag,)) + struct.pack(">H", len(encoded)) + encoded + struct.pack(">H", len(value)) + value


def _integer(name: str, value: int) -> bytes:
    return _attribute(_INTEGER, name, struct.pack(">i", value))
