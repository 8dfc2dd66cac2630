"""Bad inputs by rule, made from the good examples: what is wrong, and what must come of it.

A rule yields cases of one class; the classes are the table of SECURITY.md.
"""

import gzip
import io
import json
import os
import random
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import Any, TypeAlias

import yaml

ROOT = Path(__file__).parents[2]
EXAMPLES = (
    ROOT / "inputs" / "zhangye-2025.yaml",
    ROOT / "inputs" / "qingyang-2024.yaml",
    *sorted((ROOT / "templates").glob("*/starter.yaml")),
)

Data: TypeAlias = bytes | Callable[[], bytes]
"""A file, or what makes it when its turn comes: some are large."""

Make: TypeAlias = Callable[[Path], None]


@dataclass(frozen=True)
class Case:
    """One bad input.

    Attributes:
        name: of the case.
        codes: of problems, any of which must be told; () where the input is accepted.
        exit_code: 0 where it is accepted.
        files: to write before, by name.
        make: what else has to be done in the folder before.
        arguments: of `build`.
        environment: variables to add.
        kept: texts that must stand in both finished files, blanks aside.
    """

    name: str
    codes: tuple[str, ...] = ()
    exit_code: int = 3
    files: Mapping[str, Data] = field(default_factory=dict)
    make: Make | None = None
    arguments: tuple[str, ...] = ("in.yaml",)
    environment: dict[str, str] = field(default_factory=dict)
    kept: tuple[str, ...] = ()


Rule: TypeAlias = Callable[[], Iterator[Case]]
RULES: dict[str, Rule] = {}


def rule(name: str) -> Callable[[Rule], Rule]:
    """Add a rule under the name of its class, a row of SECURITY.md."""

    def add(function: Rule) -> Rule:
        RULES[name] = function
        return function

    return add


def example(index: int) -> str:
    """Return the text of an example, the examples in turn."""
    return EXAMPLES[index % len(EXAMPLES)].read_text(encoding="utf-8")


@cache
def _plain(index: int) -> Any:
    return yaml.load(example(index), Loader=yaml.BaseLoader)  # texts only


def plain(index: int) -> Any:
    """Return an example as lists and maps of texts."""
    return deepcopy(_plain(index % len(EXAMPLES)))


def as_json(data: Any) -> bytes:
    """Return data as JSON, which a YAML file may hold as well."""
    return json.dumps(data, ensure_ascii=False).encode("utf-8", "surrogatepass")


def replaced(index: int, pattern: str, new: str) -> bytes:
    """Return an example with the first match of a pattern replaced."""
    text, count = re.subn(pattern, lambda match: match.expand(new), example(index), count=1, flags=re.M)
    assert count, pattern
    return text.encode()


def with_value(index: int, path: tuple[str | int, ...], value: Any) -> bytes:
    """Return an example as JSON, a value of it replaced."""
    data = plain(index)
    at = data
    for step in path[:-1]:
        at = at[step] if not isinstance(at, dict) else at.setdefault(step, {})
    at[path[-1]] = value
    return as_json(data)


OPENING: tuple[str | int, ...] = ("开篇",)
HEADING: tuple[str | int, ...] = ("行动", 0, "标题")
TEXT: tuple[str | int, ...] = ("行动", 0, "措施", 0, "内容")
PLACES = {"opening": OPENING, "heading": HEADING, "text": TEXT}


def at_places(name: str, text: str, **expected: Any) -> Iterator[Case]:
    """Yield a case for each place of the text, in YAML and JSON by turns."""
    for number, (place, path) in enumerate(PLACES.items()):
        ending = "json" if number % 2 else "yaml"
        yield Case(
            f"{name} in {place}",
            files={f"in.{ending}": with_value(number, path, text)},
            arguments=(f"in.{ending}",),
            **expected,
        )


@rule("YAML features that inputs do not need")
def yaml_features() -> Iterator[Case]:
    for number, (name, lines) in enumerate(
        {
            "anchor": "年度: &a 2025",
            "alias": "年度: *a",
            "merge": "<<: {年度: 2025}",
            "merge of a list": "<<: [{年度: 2025}, {年度: 2024}]",
            "tag of YAML": "年度: !!int 2025",
            "local tag": "年度: !year 2025",
            "tag of Python": "年度: !!python/object/apply:os.system ['touch pwned']",
            "binary": "年度: !!binary MjAyNQ==",
            "timestamp": "年度: !!timestamp 2025-01-01",
            "complex key": "? [a, b]\n: 2025",
            "two documents": "年度: 2025\n---\n年度: 2024",
            "directive": "年度: 2025\n...\n%YAML 1.2\n---\na: b",
            "alias as key": "*a : 2025",
        }.items()
    ):
        yield Case(
            f"{name} as {number}", ("KD1",), files={"in.yaml": replaced(number % 2, r"^年度: \d+.*", lines)}
        )


@rule("Bombs of aliases and merges")
def bombs() -> Iterator[Case]:
    laughs = "a0: &a0 [哈, 哈]\n" + "".join(
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 9)
    )
    merges = "a0: &a0 {k: v}\n" + "".join(
        f"a{n}: &a{n}\n  <<: [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 9)
    )
    cycle = "a: &a [*a, *a]\n"
    for name, text in (("aliases", laughs), ("merges", merges), ("a circle", cycle)):
        for number in range(2):
            yield Case(
                f"{name} {number}", ("KD1",), files={"in.yaml": text.encode() + example(number).encode()}
            )


@rule("Broken YAML")
def broken_yaml() -> Iterator[Case]:
    for number, (name, pattern, new) in enumerate(
        (
            ("tab", r"^  ", "\t"),
            ("full-width colon", r"^年度: ", "年度："),
            ("no blank after the colon", r"^年度: ", "年度:"),
            ("quote never closed", r"^年度: ", '年度: "'),
            ("bracket never closed", r"^年度: \d+", "年度: [2025"),
            ("brace never closed", r"^年度: \d+", "年度: {a: 2025"),
            ("brackets that do not match", r"^年度: \d+", "年度: [2025}"),
            ("key twice", r"^年度: .*", "年度: 2025\n年度: 2024"),
            ("key twice in other spelling", r"^年度: .*", "年度: 2025\nyear: 2025"),
            ("indented too far", r"^年度: ", "   年度: "),
            ("a line of prose", r"^年度: ", "这一年\n年度: "),
            ("percent", r"^年度: \d+", "年度: %2025"),
            ("at", r"^年度: \d+", "年度: @2025"),
            ("backquote", r"^年度: \d+", "年度: `2025`"),
            ("unknown escape", r"^年度: \d+", '年度: "\\\\q"'),
            ("braces begin a value", r"^年度: \d+", "年度: {{年}}"),
        )
    ):
        yield Case(name, ("KD1", "KD2"), files={"in.yaml": replaced(number % 2, pattern, new)})
    for index in range(6):
        text = example(index).encode()
        yield Case(
            f"cut in the middle of a character, example {index}",
            ("KD106",), files={"in.yaml": text[: text.index("科".encode(), len(text) // 2) + 1]},
        )  # fmt: skip


@rule("Nothing, or something else than an input")
def other_things() -> Iterator[Case]:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("word/document.xml", "<x/>")
    for name, data in {
        "empty": b"",
        "blanks": b" \n\n\t\n",
        "byte order mark": b"\xef\xbb\xbf",
        "comments": "# 空\n".encode(),
        "null": b"null\n",
        "text": "工作总结\n".encode(),
        "number": b"2025\n",
        "list": b"- a\n- b\n",
        "ZIP": archive.getvalue(),
        "gzip": gzip.compress(example(0).encode(), mtime=0),
        "PDF": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n",
        "PNG": b"\x89PNG\r\n\x1a\n" + bytes(64),
        "all bytes": bytes(range(256)),
        "zeros": bytes(4096),
        "HTML": b"<!DOCTYPE html><html><body>x</body></html>",
        "XML with an entity": b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
    }.items():
        yield Case(name, ("KD1", "KD2"), files={"in.yaml": data})
    for name, data in (("empty", b""), ("YAML", example(0).encode()), ("list", b"[1]"), ("text", b'"a"')):
        yield Case(f"{name} as JSON", ("KD1", "KD2"), files={"in.json": data}, arguments=("in.json",))


@rule("Other encodings than UTF-8")
def encodings() -> Iterator[Case]:
    for number, name in enumerate(
        (
            "gbk",
            "gb18030",
            "big5hkscs",
            "utf-16",
            "utf-16-le",
            "utf-16-be",
            "utf-32",
            "utf-32-le",
            "utf-32-be",
        )
    ):
        data = example(number % 2).encode(name, "replace")
        yield Case(name, ("KD106",), files={"in.yaml": data})
        yield Case(
            f"{name} as JSON", ("KD106",), arguments=("in.json",),
            files={"in.json": as_json(plain(number)).decode().encode(name, "replace")},
        )  # fmt: skip
    for name, data in (
        ("overlong", b"\xc0\xaf"),
        ("surrogate", b"\xed\xa0\x80"),
        ("beyond", b"\xf5\x80\x80\x80"),
    ):
        yield Case(name, ("KD106", "KD107"), files={"in.yaml": example(0).encode() + b"# " + data})


@rule("Characters that no text may hold")
def forbidden_characters() -> Iterator[Case]:
    points = [*range(1, 9), 0x0B, 0x0C, 0x0E, 0x1B, 0x1F, 0x7F, 0x80, 0x9F, 0xFFFE, 0xFFFF, 0xFDD0, 0x1FFFE]
    points += [*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C]
    for number, point in enumerate(points):
        path = list(PLACES.values())[number % 3]
        text = f"甲{chr(point)}乙"
        yield Case(
            f"U+{point:04X} as it is", ("KD1", "KD2"), files={"in.yaml": with_value(number, path, text)}
        )
        if point < 0x10000:
            escaped = with_value(number, path, "甲@@乙").replace(b"@@", f"\\u{point:04x}".encode())
            yield Case(
                f"U+{point:04X} escaped", ("KD1", "KD2"), files={"in.json": escaped}, arguments=("in.json",)
            )
    for ending in ("yaml", "json"):
        for half in ("\\ud800", "\\udfff", "\\ud800\\ud800", "\\u0000"):
            data = with_value(0, OPENING, "甲@@乙").replace(b"@@", half.encode())
            yield Case(
                f"{half} in {ending}",
                ("KD1", "KD2"),
                files={f"in.{ending}": data},
                arguments=(f"in.{ending}",),
            )


@rule("Text that looks like code or markup")
def code_in_text() -> Iterator[Case]:
    for name, text in {
        "ReportLab markup": "<font color='red'>甲</font><br/>乙",
        "ReportLab evaluation": "<para><font color=\"[[[getattr(pow,Word('__g__'))]]]\">甲</font></para>",
        "ReportLab picture": "<img src='/etc/passwd' width='9' height='9'/>",
        "ReportLab sequence": "<seq template='%(x)100000000s'/>",
        "XML": "<w:p><w:r><w:t>甲</w:t></w:r></w:p>",
        "end of a run": "</w:t></w:r></w:p>",
        "CDATA": "<![CDATA[甲]]>乙]]>",
        "entities": "AT&T公司&amp;甲&#65;&lt;乙&x;",
        "comparison": "金额<3万元且>1万元",
        "comment": "<!--甲--><?php 乙?>",
        "template escape": "甲{_{乙}_}丙",
        "Python format": "甲{0.__class__}乙{}%s%(x)s",
        "shell": "$(touch pwned)`id`;rm -rf /|甲&&乙",
        "formula": "=cmd|'/C calc'!A0",
        "field": "DDEAUTO c:\\windows\\system32\\cmd.exe",
        "address": "https://127.0.0.1:1/甲?乙=1#2",
        "path": "../../etc/passwd",
        "Markdown": "**甲**_乙_[丙](http://a)![丁](x.png)~~戊~~`己`",
        "table": "|甲|乙|",
        "LaTeX": "\\input{/etc/passwd}$x^2$",
        "PDF string": "甲)Tj ET(乙\\)",
        "SQL": "'; DROP TABLE 指标; --",
        "quotes": "\"甲'乙“丙”‘丁’",
    }.items():
        yield from at_places(name, text, exit_code=0, kept=(text,))


@rule("Statements and expressions of templates in text")
def template_code() -> Iterator[Case]:
    for name, text in {
        "class": "{{ ''.__class__.__mro__ }}",
        "globals": "{{ cycler.__init__.__globals__ }}",
        "call": "{{ range(10**9) }}",
        "power": "{{ 9 ** 9 ** 9 }}",
        "product": "{{ 'A' * 3000000000 }}",
        "comment": "甲{#乙#}丙",
        "statement": "{% for a in range(9) %}x{% endfor %}",
        "include": "{% include '/etc/passwd' %}",
        "unknown": "{{ nothing }}",
        "never closed": "甲{{乙",
        "empty": "甲{{}}乙",
        "deep": "{{" + "(" * 20000 + "}}",
        "filters": "{{年度" + "|abs" * 500 + "}}",
        "attribute": "{{单位.__class__}}",
        "subscript": "{{单位['全称']}}",
    }.items():
        yield from at_places(name, text, codes=("KD2", "KD3"))


@rule("Characters that few fonts have")
def rare_characters() -> Iterator[Case]:
    for name, text, missing in (
        ("ideographic zero", "二〇二五年", False),
        ("square metres", "200㎡", False),
        ("yen", "5¥", False),
        ("umlaut", "Schrödinger", False),
        ("emoji", "甲😀乙", True),
        ("extension B", "甲𠮷乙", True),
        ("private use", "甲\ue123乙", True),
        ("unassigned", "甲\u0378乙", True),
        ("Arabic", "甲مرحبا乙", True),
        ("Tibetan", "甲བོད乙", True),
        ("combining marks", "e\u0301\u0323", True),
        ("tag characters", "甲\U000e0041乙", True),
        ("zero-width space", "甲\u200b乙", True),
        ("zero-width joiner", "甲\u200d乙", True),
        ("soft hyphen", "甲\u00ad乙", True),
        ("line separator", "甲\u2028乙", True),
        ("byte order mark", "甲\ufeff乙", True),
        ("variation selector", "葛\U000e0100", True),
        ("object replacement", "甲\ufffc乙", True),
        ("replacement", "甲\ufffd乙", True),
    ):
        for case in at_places(name, text, exit_code=-1, codes=("KD1", "KD2", "KD5"), kept=(text,)):
            yield case if missing else Case(**{**case.__dict__, "exit_code": 0, "codes": ()})


@rule("Blanks")
def blanks() -> Iterator[Case]:
    for name, text in {
        "two": "甲  乙",
        "ideographic": "甲\u3000\u3000乙",
        "leading": "\u3000\u3000甲乙",
        "no-break": "甲\u00a0乙",
        "thin": "甲\u2009乙",
        "many": "甲" + " " * 500 + "乙",
    }.items():
        yield from at_places(name, text, exit_code=-1, codes=("KD1", "KD2", "KD5"), kept=(text,))


@rule("Figures that are none")
def figures() -> Iterator[Case]:
    wrong = (
        "很多", "1e999", "nan", "inf", "-", "1,2,3个", "1..2个", "0x1F个", "1/0", "１０e5个", "超约10个余",
        "9" * 5000 + "个", "0." + "0" * 5000 + "1个", "5-3-1个", "个", "", "=1+1", "2025-02-30次",
    )  # fmt: skip
    for number, value in enumerate(wrong):
        data = plain(number % 2)
        data.setdefault("指标", {})["数字"] = value
        yield Case(f"metric {value[:20]!r}", ("KD2", "KD3"), files={"in.yaml": as_json(data)})
    for value in (
        "99999",
        "-1",
        "0",
        "2025.0",
        "true",
        "二〇二五",
        "20 25",
        "1e3",
        "x",
        "",
        "2025年",
        "9" * 5000,
    ):
        yield Case(f"year {value[:20]!r}", ("KD2",), files={"in.yaml": with_value(0, ("年度",), value)})
    for value in (
        "2025-02-30",
        "2025-13-01",
        "0000-01-01",
        "10000-01-01",
        "31.12.2025",
        "昨天",
        "2025",
        "-1",
    ):
        data = with_value(0, ("落款",), {"署名": "甲", "成文日期": value})
        yield Case(f"date {value!r}", ("KD2",), files={"in.json": data}, arguments=("in.json",))


@rule("Values of the wrong kind")
def wrong_kinds() -> Iterator[Case]:
    kinds: dict[str, Any] = {"text": "甲", "list": ["甲"], "map": {"甲": "乙"}, "nested": [[["甲"]]]}
    good = {
        "单位": {"map"}, "年度": set(), "指标": {"map"}, "开篇": {"text"}, "行动": set(), "结语": {"text"},
        "标题": {"text"}, "正文": {"text"}, "落款": set(), "附件": set(),
    }  # fmt: skip
    for key, fitting in good.items():
        for kind, value in kinds.items():
            if kind not in fitting and not (key == "附件" and kind in {"text", "list"}):
                yield Case(
                    f"{key} as {kind}", ("KD2", "KD3"), files={"in.yaml": with_value(0, (key,), value)}
                )
    for key in ("标题", "措施"):
        yield Case(
            f"行动 of {key} in a list", ("KD2",), files={"in.yaml": with_value(1, ("行动", 0, key), [[]])}
        )
    for key in ("开编", "单位名称", "__class__", "年度 ", "𝕏", "a" * 500):
        yield Case(f"unknown key {key[:20]!r}", ("KD2",), files={"in.yaml": with_value(0, (key,), "甲")})


@rule("More than any document needs")
def too_much() -> Iterator[Case]:
    line, paragraph = "甲" * 2_001, "甲乙丙丁，" * 4_001
    yield Case("heading", ("KD2",), files={"in.yaml": with_value(0, HEADING, line)})
    yield Case("title", ("KD2",), files={"in.yaml": with_value(0, ("标题",), line)})
    yield Case("paragraph", ("KD2",), files={"in.yaml": with_value(0, OPENING, paragraph)})
    yield Case(
        "paragraph in JSON",
        ("KD2",),
        files={"in.json": with_value(1, TEXT, paragraph)},
        arguments=("in.json",),
    )
    for name, text in (("Latin", "a" * 19_000), ("marks", "，" * 19_000), ("quotes", "“" * 19_000)):
        yield Case(
            f"20 paragraphs of {name} without an end", exit_code=0,
            files={"in.yaml": partial(with_value, 0, OPENING, "\n".join([text] * 20))}, kept=(text[:50],),
        )  # fmt: skip
    yield Case("lines of text", ("KD117",), files={"in.yaml": with_value(0, OPENING, "甲\n" * 30_000)})
    yield Case(
        "10 MB in a line", ("KD104",), files={"in.yaml": partial(with_value, 0, OPENING, "甲" * 3_500_000)}
    )
    yield Case(
        "keys", ("KD1", "KD2"), files={"in.yaml": lambda: b"".join(b"k%d: v\n" % n for n in range(200_000))}
    )
    yield Case("list", ("KD117",), files={"in.yaml": lambda: b"a: [" + b"a," * 500_000 + b"]"})
    yield Case(
        "list in JSON",
        ("KD117",),
        files={"in.json": lambda: b"[" + b"1," * 500_000 + b"1]"},
        arguments=("in.json",),
    )
    yield Case("references", ("KD117",), files={"in.yaml": with_value(0, OPENING, "{{年度}}" * 50_000)})
    yield Case(
        "metric's name", ("KD3", "KD2"), files={"in.yaml": with_value(0, ("指标",), {"甲" * 61: "1个"})}
    )
    yield Case("comment", ("KD104",), files={"in.yaml": lambda: example(0).encode() + b"#" * 9_000_000})
    yield Case("lines", ("KD104",), files={"in.yaml": lambda: example(0).encode() + b"\n" * 9_000_000})
    for depth in (61, 1_000, 100_000):
        for name, data in (
            ("lists", b"a: " + b"[" * depth + b"]" * depth),
            ("maps", b"{a: " * depth + b"b" + b"}" * depth),
            ("block", b"".join(b" " * n + b"a:\n" for n in range(min(depth, 2_000)))),
            ("dashes", b"- " * depth + b"a"),
        ):
            yield Case(f"{name}, {depth} deep", ("KD1", "KD2"), files={"in.yaml": data})
        yield Case(
            f"JSON, {depth} deep", ("KD1", "KD2"), arguments=("in.json",),
            files={"in.json": b'{"a":' + b"[" * depth + b"]" * depth + b"}"},
        )  # fmt: skip


@rule("Broken JSON")
def broken_json() -> Iterator[Case]:
    text = as_json(plain(0))
    assert text.startswith(b"{")
    for name, data in {
        "key twice": text[:-1] + ',"年度": "2024"}'.encode(),
        "NaN": text[:-1] + b',"a": NaN}',
        "Infinity": text[:-1] + b',"a": -Infinity}',
        "comma at the end": text[:-1] + b",}",
        "comment": text[:-1] + b"/* a */}",
        "single quotes": text.replace(b'"', b"'"),
        "cut": text[: len(text) // 2].decode("utf-8", "ignore").encode(),
        "two values": text + text,
        "line feed in a text": text.replace("年，".encode(), "年，\n".encode(), 1)
        if "年，".encode() in text
        else text[:-1],
        "unknown escape": text[:-1] + b',"a": "\\q"}',
        "short escape": text[:-1] + b',"a": "\\u12"}',
        "leading zero": text[:-1] + ',"年度": 02025}'.encode(),
        "plus": text[:-1] + ',"年度": +2025}'.encode(),
        "Python": repr(plain(0)).encode(),
        "after the end": text + b"}",
    }.items():
        yield Case(name, ("KD1", "KD2"), files={"in.json": data}, arguments=("in.json",))


@rule("What is no ordinary file")
def no_file() -> Iterator[Case]:
    def link(target: str) -> Make:
        return lambda folder: (folder / "in.yaml").symlink_to(target)

    def sparse(folder: Path) -> None:
        with (folder / "in.yaml").open("wb") as file:
            file.truncate(1 << 40)

    makes: dict[str, Make] = {
        "none": lambda folder: None,
        "folder": lambda folder: (folder / "in.yaml").mkdir(),
        "pipe": lambda folder: os.mkfifo(folder / "in.yaml"),
        "endless device": link("/dev/zero"),
        "random device": link("/dev/urandom"),
        "empty device": link("/dev/null"),
        "link to itself": link("in.yaml"),
        "link to nothing": link("nothing"),
        "terabyte": sparse,
        "process file": link("/proc/self/mem"),
    }
    for name, make in makes.items():
        yield Case(name, ("KD1",), make=make)
    for name in (
        "in.txt",
        "in",
        "in.yaml.exe",
        "in.docx",
        ".yaml/",
        "a\nb.txt",
        "\x1b[31m.txt",
        "x" * 300 + ".yaml",
    ):
        yield Case(f"named {name[:20]!r}", ("KD1",), arguments=(name,))


@rule("Inputs that build on others")
def bases() -> Iterator[Case]:
    def built_on(name: Any, **others: bytes) -> dict[str, bytes]:
        files = {key.replace("_", "."): value for key, value in others.items()}
        return {
            "in.yaml": b"\xe6\xb2\xbf\xe7\x94\xa8: " + json.dumps(name, ensure_ascii=False).encode(),
            **files,
        }

    for name in (
        "../a.yaml", "/etc/passwd", "~/.ssh/id_rsa", "file:///etc/passwd", "http://127.0.0.1:1/a.yaml",
        "C:\\a.yaml", "\\\\server\\a.yaml", "nothing.yaml", "in.yaml", "./in.yaml", ".", "..",
        "a/../../b.yaml", "CON", "", " ", "a\0b", "x" * 5000,
    ):  # fmt: skip
        yield Case(f"{name[:24]!r}", ("KD1", "KD2"), files=built_on(name))
    yield Case("a list", ("KD1", "KD2"), files=built_on(["a.yaml"]))
    yield Case("a circle", ("KD122",), files=built_on("b.yaml", b_yaml=built_on("in.yaml")["in.yaml"]))
    yield Case("a broken one", ("KD1",), files=built_on("b.yaml", b_yaml=b"a: [\n"))
    yield Case("an empty one", ("KD1",), files=built_on("b.yaml", b_yaml=b""))
    chain = {f"c{n}.yaml": built_on(f"c{n + 1}.yaml")["in.yaml"] for n in range(20)}
    yield Case("a long chain", ("KD122",), files={**chain, **built_on("c0.yaml")})

    def outside(folder: Path) -> None:
        (folder / "b.yaml").symlink_to("/etc/passwd")

    yield Case("a link out of the folder", ("KD122",), files=built_on("b.yaml"), make=outside)


def png(width: int, height: int, *, data: bytes | None = None, kind: int = 2, extra: bytes = b"") -> bytes:
    """Return a PNG of one colour, or one whose header lies."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    if data is None:
        data = zlib.compress((b"\0" + b"\xff\0\0" * width) * height)
    head = struct.pack(">IIBBBBB", width, height, 8, kind, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + extra + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def sealed(name: str, **files: Data) -> dict[str, Data]:
    """Return the files of an input with a seal."""
    data = plain(0)
    data["模板"] = "report"
    data["落款"] = {"署名": "云溪市科学技术协会", "成文日期": "2025-12-31", "印章": {"图片": name}}
    return {"in.yaml": as_json(data), **{key.replace("_", "."): value for key, value in files.items()}}


@rule("Pictures that cannot be printed")
def pictures() -> Iterator[Case]:
    from PIL import Image

    def saved(kind: str) -> bytes:
        out = io.BytesIO()
        Image.new("RGB", (60, 60), "red").save(out, kind)
        return out.getvalue()

    good, jpeg = png(60, 60), saved("JPEG")
    broken: dict[str, Data] = {
        "empty": b"",
        "text": b"seal",
        "GIF": saved("GIF"),
        "BMP": saved("BMP"),
        "WebP": saved("WEBP"),
        "TIFF": saved("TIFF"),
        "SVG": b'<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>',
        "PostScript": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
        "PNG without its end": good[:-20],
        "PNG without its data": good[:33],
        "PNG cut in the header": good[:20],
        "PNG with broken data": good.replace(zlib.compress((b"\0" + b"\xff\0\0" * 60) * 60), b"x" * 30),
        "PNG without dots": png(0, 60, data=b""),
        "PNG of 3.6 gigadots": png(60_000, 60_000, data=zlib.compress(bytes(1000))),
        "PNG of 1 by 2 billion": png(1, 2_147_483_647, data=b""),
        "PNG with a lying header": png(6000, 6000, data=zlib.compress(bytes(1000))),
        "JPEG cut": jpeg[:200],
        "JPEG of marks only": b"\xff\xd8" + b"\xff\xe0\0\x02" * 100,
        "JPEG of one mark": b"\xff\xd8\xff",
        "21 MB": lambda: good + bytes(21 << 20),
    }
    for name, data in broken.items():
        yield Case(name, ("KD123", "KD691"), exit_code=-2, files=sealed("seal.png", seal_png=data))
    for name in (
        "../seal.png",
        "/etc/passwd",
        "none.png",
        ".",
        "",
        "a\nb.png",
        "http://127.0.0.1:1/a.png",
        "C:\\a.png",
    ):
        yield Case(f"path {name!r}", ("KD1", "KD2"), files=sealed(name))

    def outside(folder: Path) -> None:
        (folder.parent / f"{folder.name}.png").write_bytes(good)
        (folder / "seal.png").symlink_to(folder.parent / f"{folder.name}.png")

    yield Case("a link out of the folder", ("KD123",), files=sealed("seal.png"), make=outside)
    yield Case(
        "a pipe", ("KD123",), files=sealed("seal.png"), make=lambda folder: os.mkfifo(folder / "seal.png")
    )
    yield Case(
        "a folder", ("KD123",), files=sealed("seal.png"), make=lambda folder: (folder / "seal.png").mkdir()
    )

    def bomb() -> bytes:
        text = b"Comment\0\0" + zlib.compress(bytes(200 << 20), 1)
        chunk = struct.pack(">I", len(text)) + b"zTXt" + text
        return png(60, 60, extra=chunk + struct.pack(">I", zlib.crc32(chunk[4:])))

    yield Case("200 MB of comment", ("KD691",), exit_code=6, files=sealed("seal.png", seal_png=bomb))
    yield Case("PNG named as JPEG", exit_code=0, files=sealed("seal.jpg", seal_jpg=good))


@rule("Damaged fonts")
def fonts() -> Iterator[Case]:
    """A folder of the user's own fonts: what is damaged is passed over, the text is printed whole."""
    from kexie_docs.pipeline import user_folder

    source = user_folder(os.environ) / "fonts" / "FandolFang-Regular.otf"

    def part(end: int) -> Data:
        return lambda: source.read_bytes()[:end]

    def changed(seed: int) -> bytes:
        chance = random.Random(seed)
        data = bytearray(source.read_bytes())
        for _ in range(200 if seed % 2 else 5):
            data[chance.randrange(400 if seed < 7 else len(data))] = chance.randrange(256)
        return bytes(data)

    damaged: dict[str, Data] = {
        "empty": b"",
        "text": b"font",
        "zeros": bytes(1000),
        "header only": part(12),
        "directory only": part(300),
        "half": part(2_000_000),
        "many tables": lambda: source.read_bytes()[:4] + b"\xff\xff" + source.read_bytes()[6:300],
        "collection of none": b"ttcf\0\1\0\0\0\0\0\0",
        "collection of many": b"ttcf\0\1\0\0\xff\xff\xff\xff" + bytes(100),
        "collection beyond its end": b"ttcf\0\1\0\0\0\0\0\1\xff\xff\xff\xf0",
        **{f"other bytes, seed {seed}": partial(changed, seed) for seed in range(14)},
    }
    for name, data in damaged.items():
        yield Case(
            name, ("KD5",), exit_code=-1,
            files={"in.yaml": with_value(0, OPENING, "甲乙丙丁"), "fonts/FandolFang-Regular.otf": data},
            environment={"KEXIE_DOCS_FONTS": "fonts"}, kept=("甲乙丙丁",),
        )  # fmt: skip

    def pipe(folder: Path) -> None:
        (folder / "fonts").mkdir()
        os.mkfifo(folder / "fonts" / "FandolFang-Regular.otf")
        (folder / "fonts" / "simfang.ttf").symlink_to("/dev/zero")
        (folder / "fonts" / "SimHei.ttf").mkdir()
        (folder / "fonts" / "round").symlink_to("..")

    yield Case(
        "pipes, devices, folders and circles", exit_code=0, make=pipe,
        files={"in.yaml": with_value(0, OPENING, "甲乙")},
        environment={"KEXIE_DOCS_FONTS": "fonts"}, kept=("甲乙",),
    )  # fmt: skip


@rule("Names of outputs, templates and styles")
def names() -> Iterator[Case]:
    good = {"in.yaml": example(0).encode()}
    for arguments, exit_code, codes in (
        (("in.yaml", "-t", "../summary"), 4, ("KD4",)),
        (("in.yaml", "-t", "/etc"), 4, ("KD4",)),
        (("in.yaml", "-t", "x" * 5000), 4, ("KD4",)),
        (("in.yaml", "-t", "a\nb"), 4, ("KD4",)),
        (("in.yaml", "--style", "../strict"), 2, ("KD003",)),
        (("in.yaml", "--style", ""), 2, ("KD003",)),
        (("in.yaml", "-f", "exe"), 2, ("KD001",)),
        (("in.yaml", "-f", ","), 2, ("KD001",)),
        (("in.yaml", "-o", "in.yaml"), 6, ("KD601",)),
        (("in.yaml", "-o", "in.yaml/a.pdf"), 6, ("KD601",)),
        (("in.yaml", "-o", "NUL.pdf"), 6, ("KD612",)),
        (("in.yaml", "-o", "a?.docx"), 6, ("KD612",)),
        (("in.yaml", "-o", "长" * 200 + ".pdf"), 6, ("KD601",)),
        (("in.yaml", "-o", "/proc/a.pdf"), 6, ("KD601",)),
        (("in.yaml", "-j", "x", "in.yaml"), 2, ("KD008",)),
        (("in.yaml", "in.yaml"), 6, ("KD603",)),
        (("*.none",), 3, ("KD125",)),
    ):
        shown = " ".join(arguments)
        yield Case(shown[:40], codes, exit_code=exit_code, files=good, arguments=arguments)
    for own in ("../press", "/etc/passwd", "无", "{{年度}}"):
        data = with_value(0, ("模板",), own)
        yield Case(f"模板: {own}", ("KD2", "KD4", "KD3"), exit_code=-3, files={"in.yaml": data})
    for stem in ("CON", "a:b", "trailing. ", "-o", "a\nb", "\x1b[31m", "\u202egnp", "a" * 250, "长" * 83):
        name = f"{stem}.yaml"
        yield Case(
            f"input named {stem[:12]!r}", ("KD6", "KD1"), exit_code=-1, files={name: example(0).encode()},
            arguments=(f"./{name}",),
        )  # fmt: skip


CASES = {f"{name}: {case.name}": case for name, each in RULES.items() for case in each()}
"""All cases by class and name."""
