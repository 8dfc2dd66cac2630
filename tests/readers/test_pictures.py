"""Seals: pictures that an input names, read by their header and within limits, never from elsewhere."""

import io
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image

from kexie_docs.errors import InputError, Problem
from kexie_docs.readers.pictures import MAX_BYTES, picture_size
from kexie_docs.readers.reader import read_report
from kexie_docs.units import mm

INPUT = """\
单位: {{全称: 云溪市科学技术协会}}
年度: 2025
落款:
  署名: 云溪市科学技术协会
  印章:
    图片: {name}
"""


def png(width: int, height: int) -> bytes:
    """Return a whole PNG of one colour."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\x80" * width) * height) if width * height < 10**6 else b""
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def jpeg(width: int, height: int) -> bytes:
    """Return a whole JPEG."""
    data = io.BytesIO()
    Image.new("RGB", (width, height), "red").save(data, "JPEG", progressive=True)
    return data.getvalue()


def jpeg_head(width: int, height: int) -> bytes:
    """Return the head of a JPEG: a comment, a table, a progressive frame."""
    comment = b"\xff\xfe\x00\x06seal"
    table = b"\xff\xdb\x00\x05\x00\x01\x02"
    frame = b"\xff\xc2\x00\x0b\x08" + struct.pack(">HH", height, width) + b"\x01\x01\x11\x00"
    return b"\xff\xd8" + comment + b"\xff" + table + frame + b"\xff\xd9"


def read(folder: Path, name: str = "seal.png", more: str = "") -> Path:
    path = folder / "input.yaml"
    path.write_text(INPUT.format(name=name) + more, encoding="utf-8")
    return path


def problem(folder: Path, name: str = "seal.png", more: str = "") -> Problem:
    with pytest.raises(InputError) as caught:
        read_report(read(folder, name, more), display="input.yaml")
    (only,) = caught.value.problems
    return only


@pytest.mark.parametrize(("name", "data"), [("seal.png", png(30, 20)), ("章/印章.JPG", jpeg(30, 20))])
def test_picture_is_read_with_its_size(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_bytes(data)
    signature = read_report(read(tmp_path, name)).report.signature
    assert signature is not None
    assert signature.seal is not None
    assert (signature.seal.image.width, signature.seal.image.height) == (30, 20)
    assert signature.seal.image.data == data
    assert signature.seal.width == mm(42)


def test_picture_of_a_base_counts_from_the_folder_of_the_base(tmp_path: Path) -> None:
    (tmp_path / "facts").mkdir()
    (tmp_path / "facts" / "seal.png").write_bytes(png(3, 3))
    read(tmp_path / "facts")
    top = tmp_path / "report.yaml"
    top.write_text("沿用: facts/input.yaml\n", encoding="utf-8")
    signature = read_report(top).report.signature
    assert signature is not None
    assert signature.seal is not None
    assert signature.seal.image.width == 3


JOINT = """\
单位: {全称: 云溪市科学技术协会}
年度: 2025
落款:
  署名:
    - 云溪市科学技术协会
    - {名称: 云溪市教育局, 印章: {图片: seal.png, 宽: 38mm}}
    - name: 云溪市科学技术局
      seal: {image: other.png}
"""


def test_each_name_of_a_joint_document_may_have_a_seal(tmp_path: Path) -> None:
    (tmp_path / "seal.png").write_bytes(png(30, 20))
    (tmp_path / "other.png").write_bytes(png(10, 10))
    (tmp_path / "input.yaml").write_text(JOINT, encoding="utf-8")
    signature = read_report(tmp_path / "input.yaml").report.signature
    assert signature is not None
    first, second, third = signature.signatories
    assert (first.name, first.seal) == ("云溪市科学技术协会", None)
    assert second.seal is not None
    assert (second.name, second.seal.width, second.seal.image.width) == ("云溪市教育局", mm(38), 30)
    assert third.seal is not None
    assert third.seal.image.width == 10


def test_missing_picture_of_a_joint_seal_is_told_at_its_line(tmp_path: Path) -> None:
    (tmp_path / "seal.png").write_bytes(png(30, 20))
    (tmp_path / "input.yaml").write_text(JOINT, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_report(tmp_path / "input.yaml", display="input.yaml")
    (only,) = caught.value.problems
    assert (only.code, only.place.line) == ("KD123", 8)
    assert "there is no such file" in str(only.what)  # in our words, which are translated


def test_seal_of_the_document_beside_seals_of_its_names_is_told_at_its_line(tmp_path: Path) -> None:
    (tmp_path / "input.yaml").write_text(JOINT + "  印章: {图片: seal.png}\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_report(tmp_path / "input.yaml", display="input.yaml")
    (only,) = caught.value.problems
    assert (only.code, only.place.line) == ("KD220", 9)


@pytest.mark.parametrize(
    "name", ["../seal.png", "/seal.png", "D:seal.png", "\\\\host\\seal.png", "..png/../s.png"]
)
def test_path_out_of_the_folder_is_refused(tmp_path: Path, name: str) -> None:
    found = problem(tmp_path, f"'{name}'")
    assert (found.code, found.place.line, found.place.field) == ("KD219", 6, "落款.印章.图片")


def test_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "outside.png").write_bytes(png(3, 3))
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "seal.png").symlink_to(tmp_path / "outside.png")
    assert problem(tmp_path / "in").code == "KD123"


@pytest.mark.parametrize("name", ["seal.gif", "seal", "seal.svg"])
def test_name_of_another_format_is_refused(tmp_path: Path, name: str) -> None:
    assert problem(tmp_path, name).code == "KD219"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"GIF89a",
        b"\x89PNG\r\n\x1a\n",
        png(0, 5),
        png(9000, 9000),
        jpeg_head(9000, 9000),
        jpeg_head(30, 20),
        b"\xff\xd8\xff\xc0\x00",
    ],
    ids=["empty", "gif", "cut", "no width", "81 Mpx png", "81 Mpx jpeg", "only the head", "cut jpeg"],
)
def test_what_is_no_picture_or_too_large_is_told_at_its_name(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "seal.png").write_bytes(data)
    found = problem(tmp_path)
    assert (found.code, found.place.line, found.place.field) == ("KD123", 6, "落款.印章.图片")


def test_photo_that_is_cut_is_refused_though_the_small_one_in_its_head_is_whole(tmp_path: Path) -> None:
    """A camera's JPEG has a whole small one in its head, with an end of its own."""
    small, photo = jpeg(4, 3), jpeg(30, 20)
    head = b"\xff\xe1" + struct.pack(">H", len(small) + 2) + small
    whole = photo[:2] + head + photo[2:]
    (tmp_path / "seal.png").write_bytes(whole)
    read_report(read(tmp_path), display="input.yaml")
    (tmp_path / "seal.png").write_bytes(whole[:-2])
    assert str(problem(tmp_path).what).endswith("is damaged")


def test_file_over_the_limit_is_refused(tmp_path: Path) -> None:
    with (tmp_path / "seal.png").open("wb") as file:
        file.write(png(3, 3))
        file.truncate(MAX_BYTES + 1)
    assert "20 MiB" in str(problem(tmp_path).what)


def test_missing_picture_and_folder_are_told(tmp_path: Path) -> None:
    assert problem(tmp_path).code == "KD123"
    (tmp_path / "seal.png").mkdir()
    assert problem(tmp_path).code == "KD123"


@pytest.mark.parametrize("width", ["9mm", "81mm", "四厘米", "42"])
def test_width_that_no_seal_has_is_refused(tmp_path: Path, width: str) -> None:
    (tmp_path / "seal.png").write_bytes(png(3, 3))
    found = problem(tmp_path, more=f"    宽: {width}\n")
    assert (found.code, found.place.line) == ("KD218", 7)


def test_size_of_damaged_headers_is_none_and_never_an_error() -> None:
    for data in (png(30, 20), jpeg_head(30, 20)):
        for length in range(len(data)):
            assert picture_size(data[:length]) in (None, (30, 20))


STAMP = "落款: {职务: 主席, 签名章: {图片: stamp.png}, 成文日期: 2025-12-31"


def stamped(folder: Path, signature: str) -> Path:
    path = folder / "input.yaml"
    head = INPUT.partition("落款")[0].replace("{{", "{").replace("}}", "}")
    path.write_text(head + signature, encoding="utf-8")
    return path


def test_stamp_is_read_like_a_seal(tmp_path: Path) -> None:
    (tmp_path / "stamp.png").write_bytes(png(30, 12))
    signature = read_report(stamped(tmp_path, STAMP + "}\n")).report.signature
    assert signature is not None
    assert signature.stamp is not None
    assert (signature.post, signature.stamp.image.height, signature.stamp.width) == ("主席", 12, mm(30))


@pytest.mark.parametrize(
    ("signature", "field", "said"),
    [
        (STAMP + "}\n", "落款.签名章.图片", "cannot be read"),
        (STAMP + ", 印章: {图片: a.png}}\n", "落款.签名章", "not both"),
        ("落款: {签名章: {图片: a.png}}\n", "落款.签名章", "stands without 职务"),
        ("落款: {职务: 主席}\n", "落款.职务", "stands without 签名章"),
    ],
)
def test_problem_of_a_stamp_is_told_at_its_field(
    tmp_path: Path, signature: str, field: str, said: str
) -> None:
    with pytest.raises(InputError) as caught:
        read_report(stamped(tmp_path, signature))
    (only,) = caught.value.problems
    assert only.place.field == field
    assert said in str(only.what)
