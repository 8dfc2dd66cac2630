"""A print server of the tests' own: Debian's cups on a loopback port, its printers' devices are files."""

import os
import re
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tests.support.tools import require

_PPD = """\
*PPD-Adobe: "4.3"
*FormatVersion: "4.3"
*FileVersion: "1.0"
*LanguageVersion: English
*LanguageEncoding: ISOLatin1
*PCFileName: "OFFICE.PPD"
*Manufacturer: "Test"
*Product: "(Test)"
*ModelName: "Test"
*ShortNickName: "Test"
*NickName: "Test"
*PSVersion: "(3010.000) 550"
*LanguageLevel: "3"
*ColorDevice: True
*DefaultColorSpace: RGB
*FileSystem: False
*Throughput: "30"
*TTRasterizer: Type42
*cupsVersion: 2.4
*cupsManualCopies: True
*cupsFilter2: "application/vnd.cups-pdf application/pdf 0 -"
*OpenUI *PageSize/Media Size: PickOne
*OrderDependency: 10 AnySetup *PageSize
*DefaultPageSize: A4
*PageSize A4/A4: "<</PageSize[595 842]>>setpagedevice"
*PageSize A3/A3: "<</PageSize[842 1191]>>setpagedevice"
*CloseUI: *PageSize
*OpenUI *PageRegion/Media Size: PickOne
*OrderDependency: 10 AnySetup *PageRegion
*DefaultPageRegion: A4
*PageRegion A4/A4: "<</PageSize[595 842]>>setpagedevice"
*PageRegion A3/A3: "<</PageSize[842 1191]>>setpagedevice"
*CloseUI: *PageRegion
*DefaultImageableArea: A4
*ImageableArea A4/A4: "0 0 595 842"
*ImageableArea A3/A3: "0 0 842 1191"
*DefaultPaperDimension: A4
*PaperDimension A4/A4: "595 842"
*PaperDimension A3/A3: "842 1191"
"""

_DUPLEX = """\
*OpenUI *Duplex/Two-Sided: PickOne
*OrderDependency: 20 AnySetup *Duplex
*DefaultDuplex: None
*Duplex None/Off: "<</Duplex false>>setpagedevice"
*Duplex DuplexNoTumble/Long edge: "<</Duplex true/Tumble false>>setpagedevice"
*Duplex DuplexTumble/Short edge: "<</Duplex true/Tumble true>>setpagedevice"
*CloseUI: *Duplex
"""

_END = """\
*DefaultFont: Courier
*Font Courier: Standard "(1.05)" Standard ROM
"""

_SERVER = """\
LogLevel debug
Listen 127.0.0.1:{port}
Browsing Off
WebInterface No
DefaultAuthType None
PreserveJobHistory Yes
PageLogFormat %p|%j|%T|%P|%C|%{{sides}}|%{{media}}
<Location />
Order allow,deny
Allow 127.0.0.1
</Location>
<Location /admin>
Order allow,deny
Allow 127.0.0.1
</Location>
<Policy default>
<Limit All>
Order allow,deny
Allow 127.0.0.1
</Limit>
</Policy>
"""


@dataclass(frozen=True)
class PrintServer:
    """A running server.

    Attributes:
        folder: with everything of it.
        address: for CUPS_SERVER.
    """

    folder: Path
    address: str

    def add_printer(self, name: str, *, duplex: bool = True) -> Path:
        """Set up a printer; return the file that is its device."""
        ppd = self.folder / f"{name}.ppd"
        ppd.write_text(_PPD + (_DUPLEX if duplex else "") + _END, encoding="ascii")
        device = self.folder / "out" / f"{name}.pdf"
        self.run("lpadmin", "-p", name, "-E", "-v", f"file://{device}", "-P", str(ppd))
        return device

    def run(self, program: str, *arguments: str) -> str:
        """Run one of CUPS's own commands against this server."""
        done = subprocess.run(
            [require(program), *arguments],
            env=os.environ | {"CUPS_SERVER": self.address, "LC_ALL": "C"},
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        )
        return done.stdout

    def jobs_logged(self, job: int) -> list[str]:
        """Return what the server's log says of a job: its arguments, as its filters got them."""
        log = (self.folder / "log" / "error").read_text(encoding="utf-8", errors="replace")
        return re.findall(rf"\[Job {job}\] (argv\[\d\]=.*)$", log, flags=re.MULTILINE)


@contextmanager
def print_server() -> Iterator[PrintServer]:
    """Run a server until the block ends."""
    cupsd = shutil.which("cupsd", path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin") or require("cupsd")
    require("lp")
    # Not below pytest's folder: where the tests run as root, the server's filters run as another user.
    folder = Path(tempfile.mkdtemp(prefix="kexie-docs-cups-"))
    folder.chmod(0o755)
    for name in ("spool", "cache", "run", "tmp", "log", "out", "root/ppd", "root/ssl"):
        (folder / name).mkdir(parents=True)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    config, files = folder / "cupsd.conf", folder / "cups-files.conf"
    config.write_text(_SERVER.format(port=port), encoding="ascii")
    places = {
        "ServerRoot": "root",
        "RequestRoot": "spool",
        "CacheDir": "cache",
        "StateDir": "run",
        "TempDir": "tmp",
        "AccessLog": "log/access",
        "ErrorLog": "log/error",
        "PageLog": "log/page",
    }
    lines = [f"{key} {folder / place}" for key, place in places.items()]
    files.write_text("\n".join([*lines, "FileDevice Yes", "SystemGroup root", ""]), encoding="utf-8")
    server = PrintServer(folder, f"127.0.0.1:{port}")
    process = subprocess.Popen(
        [cupsd, "-f", "-c", str(config), "-s", str(files)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(200):
            with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                break
            time.sleep(0.05)
        yield server
    finally:
        process.terminate()
        process.wait(timeout=20)
        shutil.rmtree(folder, ignore_errors=True)
