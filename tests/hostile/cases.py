"""Bad inputs by rule, generated from good ones: what people type, what programs write, what attackers try."""

import json
import random
import struct
import unicodedata
import zlib
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from tests.hostile.case import Case, Outcome

REFUSED, WHOLE, EITHER = Outcome.REFUSED, Outcome.WHOLE, Outcome.EITHER

INPUTS = Path(__file__).parents[2] / "inputs"

GOOD: dict[str, Any] = {
    "单位": {"全称": "云溪市科学技术协会", "简称": "云溪市科协"},
    "年度": "2025",
    "标题": "云溪市科学技术协会|2025年工作总结",
    "指标": {"科普活动": "120余场", "参与人次": {"数值": "36500", "单位": "人次", "来源": "科普部"}},
    "开篇": "{{年度}}年，{{单位.简称}}举办科普活动{{科普活动}}，{{参与人次}}参与。",
    "行动": [{"标题": "服务群众", "导语": "科普到村。", "措施": [{"要点": "活动多", "内容": "一年不停。"}]}],
    "结语": "来年再进。",
    "落款": {"署名": "云溪市科学技术协会", "成文日期": "2025-12-31"},
    "联系": ["电话：0936-8888888"],
}
"""An input that builds; every text of it is printed by the template summary."""

PLACES = ("标题", "开篇", "行动.0.标题", "行动.0.导语", "行动.0.措施.0.内容", "结语", "落款.署名", "联系.0")
"""Fields whose text is printed."""


def yaml_of(value: Any, indent: int = 0) -> str:
    """Return a value as YAML with every text in double quotes (JSON's escapes are YAML's)."""
    pad = "  " * indent
    match value:
        case dict():
            return "".join(
                f"{pad}{key}:"
                + (
                    f"\n{yaml_of(each, indent + 1)}"
                    if isinstance(each, dict | list)
                    else f" {quoted(each)}\n"
                )
                for key, each in value.items()
            )
        case list():
            return "".join(
                f"{pad}-\n{yaml_of(each, indent + 1)}"
                if isinstance(each, dict | list)
                else f"{pad}- {quoted(each)}\n"
                for each in value
            )
    raise TypeError(type(value))


def quoted(text: object) -> str:
    """Return a text in double quotes; what cannot be UTF-8 is escaped."""
    dumped = json.dumps(str(text), ensure_ascii=False)
    return "".join(f"\\u{ord(char):04x}" if "\ud800" <= char <= "\udfff" else char for char in dumped)


def put(place: str, value: Any) -> dict[str, Any]:
    """Return the good input with another value at a place such as ``行动.0.标题``."""
    data: Any = json.loads(json.dumps(GOOD))
    here = data
    *steps, last = place.split(".")
    for step in steps:
        here = here[int(step) if isinstance(here, list) else step]
    here[int(last) if isinstance(here, list) else last] = value
    result: dict[str, Any] = data
    return result


def yaml_case(rule: str, name: str, text: str | bytes, outcome: Outcome, **more: Any) -> Case:
    """Return a case of one YAML file."""
    data = text if isinstance(text, bytes) else text.encode()
    return Case(rule=rule, name=name, files={"input.yaml": data}, outcome=outcome, **more)


def in_text(rule: str, name: str, place: str, text: str, outcome: Outcome, **more: Any) -> Case:
    """Return a case of the good input with a text at one place."""
    return yaml_case(rule, f"{name} in {place}", yaml_of(put(place, text)), outcome, **more)


def scalars() -> Iterator[Case]:
    """What YAML would take for a number, a date or a truth value is text here."""
    typed = [
        "0012",
        "010",
        "08",
        "12:30",
        "1:2:3",
        "no",
        "yes",
        "on",
        "off",
        "Yes",
        "1e3",
        "0x1F",
        "0o17",
        "1_000",
        "1.10",
        ".5",
        "5.",
        "+7",
        "-0",
        "True",
        "FALSE",
        ".inf",
        ".NaN",
        "2025-02-30",
        "2025-1-5",
        "1.0000000000000001",
        "0b11",
        "00",
        "1e999",
        "=",
        "y",
        "N",
    ]
    for text in (*typed, "9" * 500):
        yaml = yaml_of(GOOD).replace('"来年再进。"', text)
        yield yaml_case("a scalar that YAML reads in its own way", text[:20], yaml, WHOLE, payload=text)
    for text in ("~", "null", "NULL", "Null", "", "[]", "{}"):
        yaml = yaml_of(GOOD).replace('"来年再进。"', text)
        yield yaml_case("nothing where a text belongs", text or "empty", yaml, EITHER)


def characters() -> Iterator[Case]:
    """Characters that cannot be printed, cannot be seen or turn the order."""
    controls = [chr(code) for code in (*range(1, 9), 0x0B, 0x0C, 0x0E, 0x1B, 0x1F, 0x7F, 0x80, 0x85, 0x9F)]
    bad = {
        "a control character": [*controls, "\0"],
        "a character that turns the order": list(
            "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f"
        ),
        "a character that cannot be seen": list("\u200b\u200c\u200d\u2060\ufeff\xad\u2028\u2029\u3164\u180e"),
        "no character": ["\ufffe", "\uffff", "\ufdd0", "\ufdd1", "\U0001fffe", "\ud800", "\udfff", "\ud83d"],
    }
    for rule, chars in bad.items():
        for index, char in enumerate(chars):
            place = PLACES[index % len(PLACES)]
            escaped = yaml_of(put(place, "甲@乙")).replace(
                "@", f"\\u{ord(char):04x}" if ord(char) < 0x10000 else f"\\U{ord(char):08x}"
            )
            yield yaml_case(rule, f"U+{ord(char):04X} escaped in {place}", escaped, REFUSED, code="KD1|KD2")
            if not "\ud800" <= char <= "\udfff":
                raw = yaml_of(put(place, "甲@乙")).replace("@", char)
                yield yaml_case(rule, f"U+{ord(char):04X} in {place}", raw, REFUSED, code="KD1|KD2")
    uncommon = {
        "rare Han": "勠力祎㎡䶮𠮷〇㈱", "emoji": "😀", "combining": "e\u0301o\u0308", "full-width": "１２％ＡＢ", "Hangul": "한국",
        "Cyrillic": "Ж", "private use": "\ue000", "Thai": "ไทย", "Arabic": "عربي", "replacement": "\ufffd",
    }  # fmt: skip
    for name, text in uncommon.items():
        for place in ("开篇", "行动.0.标题"):
            payload = f"甲{text}乙"
            yield in_text(
                "a character that fonts lack", name, place, payload, EITHER, code="KD5", payload=payload
            )


def markup() -> Iterator[Case]:
    """Text that is markup or code to some program it passes through."""
    texts = (
        "AT&T公司", "1 < 2 > 0", "<b>粗</b>", "<张三>", "&amp;&lt;&#65;", "<!--注-->", "<![CDATA[x]]>", "]]>", "</w:t></w:r>",
        '<img src="/etc/passwd"/>', '<seq template="%(x)100000000s"/>', '<font color="rl_safe_eval">', "<?xml version='1.0'?>",
        "_x000D_", "{_{x}_}", "%(a)s %s %d", "${HOME} $(id) `id`", "=1+1", "+1 -1 @x", "\\u0041 \\n \\\\", "'单' \"双\"",
        "::: title", ":::", "[x]{.run_in_heading}", "[链](javascript:1)", "![图](/etc/passwd)", "http://127.0.0.1:9/x.png",
        "**粗** *斜* ~~删~~", "# 一", "- 项", "1. 项", "> 引", "| 甲 | 乙 |", "---", "***", "`码`", "    缩进", "<https://a.b>",
        "\\", "\\*", "附件：", "〔2025〕", "{ PAGE }", "«域»", "a|b", "$x^2$", "@甲", "#1", "100%", "[1]", "^[脚注]", "{{'{{'}}",
        "\u3000\u3000全角缩进", "双  空  格", "尾 ", "DDEAUTO c:\\\\a", "'; DROP TABLE x; --",
    )  # fmt: skip
    for index, text in enumerate(texts):
        for place in (PLACES[1 + index % (len(PLACES) - 1)], "行动.0.措施.0.内容"):
            braces = text.replace("{{'{{'}}", "{{")
            # A title's mark for a line's end is not printed; nothing else of a text is taken.
            payload = f"甲{braces}乙"
            if "{{" in text and place.startswith(("联系", "落款", "标题")):
                continue
            yield in_text(
                "markup or code of another language", text, place, f"甲{text}乙", EITHER, payload=payload
            )


def code() -> Iterator[Case]:
    """Template code in data."""
    texts = (
        "{{ ''.__class__ }}", "{{ 年度.__class__ }}", "{{ cycler }}", "{{ lipsum() }}", "{{ self }}", "{{ 年度|attr('x') }}",
        "{% for x in y %}", "{% include 'x' %}", "{{ 1+1 }}", "{{ 'a'*9999999999 }}", "{{ 年度[0] }}", "{{ [] }}", "{{ {} }}",
        "{{ 科普活动|center(99999999) }}", "{{ 科普活动|format }}", "{{", "{{ }}", "{{}}", "{{ 无 }}", "{{ 科普活动.无 }}",
        "{{ 科普活动|无 }}", "{{ 科普活动|同比 }}", "{{ 科普活动|占比(科普活动, 2, 3) }}", "{{ a if b }}", "{{ not x }}", "{{ x == y }}",
        "{{ 科普活动 " + "|准确 " * 2000 + "}}", "{{ " + "单位." * 3000 + "简称 }}", "{{ 单位 }}", "{{ 行动 }}", "{{ '" + "x" * 3000 + "' }}",
        "{{ " + "(" * 3000 + ")" * 3000 + " }}", "{{ 指标 }}", "{{ 单位.全称|同比 }}", "{% raw %}", "{{ ::: }}",
    )  # fmt: skip
    for text in texts:
        yield in_text("template code in data", text[:30], "开篇", text, REFUSED, code="KD1|KD2|KD3")
    yield in_text("template code in data", "a comment", "开篇", "甲{# x #}乙", EITHER, payload="甲{#x#}乙")
    yield in_text("template code in data", "a lone bracket", "开篇", "甲}}乙", EITHER, payload="甲}}乙")


def yaml_features() -> Iterator[Case]:
    """What YAML can do and an input may not."""
    refuse = partial(yaml_case, outcome=REFUSED, code="KD1")
    bomb = "a: &a {x: 1}\n" + "".join(
        f"{chr(98 + i)}: &{chr(98 + i)} {{<<: [*{chr(97 + i)}, *{chr(97 + i)}]}}\n" for i in range(20)
    )
    laughs = "a: &a [x]\n" + "".join(
        f"{chr(98 + i)}: &{chr(98 + i)} [{','.join([f'*{chr(97 + i)}'] * 9)}]\n" for i in range(20)
    )
    good = yaml_of(GOOD)
    rule = "a feature of YAML that inputs may not use"
    yield refuse(rule, "merge bomb", bomb)
    yield refuse(rule, "alias bomb", laughs)
    for name, old, new in (
        ("anchor", "结语: ", "结语: &a "), ("alias", 'x结语: "来年再进。"', ""), ("tag", "结语: ", "结语: !!str "),
        ("python tag", "结语: ", "结语: !!python/object/apply:os.system "), ("own tag", "结语: ", "结语: !x "),
        ("two documents", "结语: ", "---\n结语: "), ("directive", "单位:", "%YAML 1.1\n---\n单位:"), ("complex key", "结语: ", "? [a]\n: "),
        ("binary", "结语: ", "结语: !!binary "), ("set", "结语: ", "结语: !!set "),
    ):  # fmt: skip
        changed = good.replace(old, new, 1)
        if changed != good:
            outcome = EITHER if name in ("directive",) else REFUSED
            yield yaml_case(rule, name, changed, outcome, code="KD1")
    rule = "a file that is not valid YAML"
    for name, text in (
        ("tab", good.replace("  全称", "\t全称")), ("open quote", good.replace('"来年再进。"', '"来年再进。')),
        ("full-width colon", good.replace("结语: ", "结语：")), ("no space", good.replace("结语: ", "结语:")),
        ("full-width quotes as quotes", good.replace("结语: ", "结语: “").replace("单位:", "单位：")), ("bad indent", good.replace("年度:", " 年度:")),
        ("bad escape", good.replace("来年再进", "\\q")), ("open bracket", good.replace('"来年再进。"', "[来年")), ("@", good.replace('"来年再进。"', "@x")),
        ("backtick", good.replace('"来年再进。"', "`x`")), ("percent", good.replace('"来年再进。"', "%x")), ("key twice", good + '结语: "二"\n'),
        ("only a text", "年度"), ("only a list", "- 年度\n"), ("empty", ""), ("only a comment", "# 空\n"), ("only ---", "---\n"),
        ("a key of nothing", good + ": x\n"), ("a number as key", good + "1: x\n"), ("true as key", good + "true: x\n"),
    ):  # fmt: skip
        yield refuse(rule, name, text, code="KD1|KD2")


def sizes() -> Iterator[Case]:
    """Too much of everything."""
    rule = "too deep"
    for name, text in (
        ("lists", "a: " + "[" * 5000), ("maps", "a: " + "{a: " * 5000), ("closed lists", "a: " + "[" * 500 + "]" * 500),
        ("block lists", "a:\n" + "".join("  " * i + "-\n" for i in range(1, 300))), ("quotes", "a: " + "- " * 5000),
    ):  # fmt: skip
        yield yaml_case(rule, name, text, REFUSED, code="KD1")
    rule = "too deep in Markdown"
    for name, text in (
        ("quotes", ">" * 5000 + " 甲"), ("lists", "".join("  " * i + "- 甲\n" for i in range(400))), ("stars", "*" * 9000 + "甲"),
        ("brackets", "[" * 9000 + "甲" + "]" * 9000), ("backticks", "".join("`" * i + " " for i in range(1, 130))), ("underscores", "_甲" * 4000),
        ("links", "[甲](" * 3000), ("images", "![甲](" * 3000), ("entities", "&" * 9000), ("pipes", "|" * 9000 + "\n" + "|-" * 4000), ("html", "<a " * 4000),
        ("headings", "# 甲\n" * 2000), ("one table of many rows", "| 甲 | 乙 |\n|---|---|\n" + "| 1 | 2 |\n" * 1500),
    ):  # fmt: skip
        yield yaml_case(rule, name, yaml_of({**GOOD, "正文": text}), EITHER)
    rule = "too long"
    for name, data in (
        ("9 MB", put("开篇", "甲" * 3_000_000)), ("a paragraph of 21,000", put("开篇", "甲" * 21_000)), ("a title of 5,000", put("标题", "甲" * 5000)),
        ("a name of 3,000", put("单位.全称", "甲" * 3000)), ("60,000 keys", {**GOOD, "指标": {f"甲{i}": "1个" for i in range(60_000)}}),
        ("30,000 references", put("开篇", "{{年度}}" * 30_000)), ("a metric name of 100", {**GOOD, "指标": {"甲" * 100: "1个"}}),
        ("a number of 5,000 digits", {**GOOD, "指标": {"甲": "9" * 5000 + "个"}}), ("a unit of 500", {**GOOD, "指标": {"甲": "1" + "个" * 500}}),
        ("an exponent", {**GOOD, "指标": {"甲": "1e999个"}}), ("a year of ten digits", put("年度", "2025202520")),
    ):  # fmt: skip
        yield yaml_case(rule, name, yaml_of(data), REFUSED, code="KD1|KD2|KD3")
    rule = "long, and allowed"
    for name, data, payload in (
        ("a paragraph of 19,000", put("开篇", "甲" * 19_000), "甲" * 500), ("no place to break", put("开篇", "x" * 9000), ""),
        ("2,000 paragraphs", put("开篇", "甲乙丙。\n" * 2000), ""), ("500 actions", {**GOOD, "行动": GOOD["行动"] * 500}, "服务群众"),
        ("blanks", put("开篇", "甲" + " " * 9000 + "乙"), "甲乙"), ("empty lines", put("开篇", "甲" + "\n" * 9000 + "乙"), "乙"),
    ):  # fmt: skip
        yield yaml_case(rule, name, yaml_of(data), WHOLE, payload=payload)


def encodings() -> Iterator[Case]:
    """Files in other encodings."""
    good = yaml_of(GOOD)
    rule = "another encoding"
    for name in (
        "gbk",
        "gb18030",
        "big5hkscs",
        "utf-16",
        "utf-16-le",
        "utf-16-be",
        "utf-32",
        "utf-7",
        "shift_jis",
    ):
        text = (
            good
            if name not in ("shift_jis", "big5hkscs")
            else good.translate(str.maketrans("云总结举办场参与务众说进级", "天" * 13))
        )
        yield yaml_case(rule, name, text.encode(name, errors="replace"), REFUSED, code="KD1|KD2")
    for cut in (1, 2, 5):
        data = good.encode()
        half = data.rindex("。".encode()) + 1
        yield yaml_case(
            rule, f"UTF-8 with a character cut, {cut}", data[:half] + data[half + cut :], REFUSED, code="KD1"
        )
    yield yaml_case(rule, "UTF-8 with BOM", good.encode("utf-8-sig"), WHOLE, payload="来年再进。")
    for name, end in (("CR LF", "\r\n"), ("CR", "\r")):
        yield yaml_case(rule, name, good.replace("\n", end), WHOLE, payload="来年再进。")
    for name, data in (
        ("a zip", b"PK\x03\x04" + bytes(range(256)) * 20), ("a PDF", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), ("an old Word file", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
        ("zeros", bytes(5000)), ("a picture", b"\x89PNG\r\n\x1a\n" + bytes(99)), ("all bytes", bytes(range(256))),
    ):  # fmt: skip
        yield yaml_case("no text at all", name, data, REFUSED, code="KD1")


def json_files() -> Iterator[Case]:
    """JSON as programs write it wrongly."""
    good = json.dumps(GOOD, ensure_ascii=False)

    def case(name: str, text: str, outcome: Outcome = REFUSED, **more: Any) -> Case:
        files = {"input.json": text.encode("utf-8", "surrogatepass")}
        return Case(rule="JSON", name=name, files=files, outcome=outcome, **{"code": "KD1|KD2", **more})

    yield case("good", good, WHOLE, payload="来年再进。")
    yield case("BOM", "\ufeff" + good, WHOLE, payload="来年再进。")
    for name, old, new in (
        ("key twice", '"结语"', '"结语": "一", "结语"'), ("NaN", '"来年再进。"', "NaN"), ("Infinity", '"来年再进。"', "-Infinity"),
        ("comment", "{", "{ // 注\n"), ("single quotes", '"结语"', "'结语'"), ("no quotes", '"结语"', "结语"),
        ("a list", '"来年再进。"', "[[1]]"), ("lone surrogate", "来年再进", "\\ud800"), ("NUL", "来年再进", "\\u0000"), ("raw tab", "来年再进", "来\t年"),
        ("raw line end", "来年再进", "来\n年\u0007"), ("number of 5,000 digits", '"2025"', "9" * 5000), ("1e999", '"2025"', "1e999"), ("cut", '"来年再进。"', ""),
        ("bad escape", "来年再进", "\\x41"), ("deep", '"来年再进。"', "[" * 5000), ("deep maps", '"来年再进。"', '{"a":' * 5000),
    ):  # fmt: skip
        yield case(name, good.replace(old, new, 1))
    for name, text in (
        ("a list", "[]"),
        ("a text", '"x"'),
        ("a number", "1"),
        ("null", "null"),
        ("nothing", ""),
        ("two values", "{} {}"),
        ("cut in half", good[: len(good) // 2]),
    ):
        yield case(name, text)
    for name, old, new in (
        ("last comma", '"]}', '",]}'),
        ("a number for a text", '"来年再进。"', "0.30000000000000004"),
    ):
        yield case(name, good.replace(old, new), EITHER)


def fields() -> Iterator[Case]:
    """Each field of a good input without its value, with one of another kind, misspelt, or given twice."""
    for key, value in GOOD.items():
        kinds: dict[str, Any] = {
            "a list": ["甲", ["乙"]],
            "a map": {"甲": {"乙": "丙"}},
            "a number": "7",
            "nothing": "",
        }
        for name, other in kinds.items():
            yield yaml_case(
                "a value of another kind",
                f"{name} for {key}",
                yaml_of({**GOOD, key: other}),
                EITHER,
                code="KD2|KD3",
            )
        renamed = {(f"{key}啊" if each == key else each): value for each, value in GOOD.items()}
        yield yaml_case("a misspelt key", key, yaml_of(renamed), REFUSED, code="KD2")
        twice = yaml_of(GOOD) + yaml_of({key: value})
        yield yaml_case("a key given twice", key, twice, REFUSED, code="KD1")
    for name, value in (
        ("20250230", "2025-02-30"), ("month 13", "2025-13-01"), ("words", "明天"), ("year 0", "0000-01-01"), ("far", "9999-12-31"), ("lunar", "腊月初八"),
        ("two dots", "2025.1.5"), ("slashes", "2025/1/5"), ("Chinese", "2025年1月5日"), ("Han digits", "二〇二五年一月五日"), ("time", "2025-01-05T12:00:00Z"),
    ):  # fmt: skip
        yield in_text("a date", name, "落款.成文日期", value, EITHER, code="KD2")
    for value in (
        "",
        "余",
        "1.2.3个",
        "12,34个",
        "-5个",
        "1/0",
        "一二三",
        "千",
        "超近3个",
        "3余万余人",
        "0x10个",
        "１２个",
        "1 2个",
        "∞",
        "½个",
        "1e5个",
        "第0批",
        "%",
        "5%%",
        "1～2—3场",
    ):
        yield yaml_case(
            "a figure that is none",
            value or "empty",
            yaml_of({**GOOD, "指标": {**GOOD["指标"], "科普活动": value}}),
            EITHER,
            code="KD2|KD3",
        )
    for name in (
        "1甲",
        "甲 乙",
        "甲-乙",
        "",
        "年度",
        "标题",
        "for",
        "if",
        "同比",
        "__class__",
        "甲.乙",
        "甲{",
        "🙂",
        "None",
        "true",
        "loop",
        "self",
        "x" * 61,
        "ﬁ",
        "ｎ",
    ):
        data = yaml_of({**GOOD, "指标": {**GOOD["指标"], "MARK": "1个"}}).replace(
            "MARK", json.dumps(name, ensure_ascii=False)
        )
        yield yaml_case(
            "an impossible name of a metric", name[:20] or "empty", data, EITHER, code="KD1|KD2|KD3"
        )


def png(width: int, height: int, *, data: bytes | None = None, color: int = 2) -> bytes:
    """Return a PNG; ``data`` is the compressed picture, None for a white one."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    rows = zlib.compress((b"\0" + b"\xff" * (3 * width)) * height) if data is None else data
    header = struct.pack(">IIBBBBB", width, height, 8, color, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def pictures() -> Iterator[Case]:
    """The picture of a seal that is none, or stands where none may."""
    good = png(40, 40)

    def case(name: str, picture: bytes | None, outcome: Outcome = REFUSED, path: str = "seal.png") -> Case:
        data = {**GOOD, "落款": {**GOOD["落款"], "印章": {"图片": path}}}
        files = {"input.yaml": yaml_of(data).encode()} | (
            {"seal.png": picture} if picture is not None else {}
        )
        return Case(rule="a picture", name=name, files=files, outcome=outcome, code="KD1|KD2")

    yield case("good", good, WHOLE)
    for name, picture in (
        ("empty", b""), ("text", b"no picture"), ("GIF", b"GIF89a" + bytes(99)), ("SVG", b"<svg xmlns='http://www.w3.org/2000/svg'/>"), ("cut in the header", good[:20]),
        ("900 megapixels", png(30_000, 30_000, data=zlib.compress(b""))), ("no width", png(0, 10, data=b"")), ("cut in the picture", good[:60]), ("JPEG header only", b"\xff\xd8\xff\xe0"),
        ("no picture data", png(40, 40, data=b"")), ("too little data", png(40, 40, data=zlib.compress(b"\0" * 30))), ("wrong kind of colour", png(40, 40, color=5)), ("BMP", b"BM" + bytes(99)),
        ("bytes changed", good[:45] + b"\0\0\0\0" + good[49:]), ("TIFF", b"II*\0" + bytes(99)), ("PDF", b"%PDF-1.7"), ("WebP", b"RIFF\0\0\0\0WEBPVP8 "),
    ):  # fmt: skip
        yield case(name, picture)
    for path in (
        "../seal.png",
        "/etc/passwd",
        "C:\\seal.png",
        "http://127.0.0.1:9/seal.png",
        "file:///etc/passwd",
        "\\\\server\\seal.png",
        "nothing.png",
        ".",
        "",
        "~/seal.png",
        "$HOME/x.png",
        "a/../../x.png",
        "CON",
        "x" * 300 + ".png",
    ):
        yield case(f"at {path[:30]!r}", good, REFUSED, path)


def other_files() -> Iterator[Case]:
    """Inputs that name other inputs and templates."""

    def case(
        name: str,
        value: str,
        outcome: Outcome = REFUSED,
        key: str = "沿用",
        more: Mapping[str, bytes] | None = None,
    ) -> Case:
        files = {"input.yaml": yaml_of({key: value} | GOOD).encode(), **(more or {})}
        return Case(
            rule="the name of another file",
            name=f"{key} {name}",
            files=files,
            outcome=outcome,
            code="KD1|KD2|KD4",
        )

    good = yaml_of(GOOD).encode()
    yield case("good", "base.yaml", WHOLE, more={"base.yaml": good})
    for value in (
        "../base.yaml",
        "/etc/passwd",
        "input.yaml",
        "nothing.yaml",
        "http://127.0.0.1:9/a.yaml",
        ".",
        "",
        "\\\\s\\a.yaml",
        "C:\\a.yaml",
        "base.yaml/",
        "x" * 300,
    ):
        yield case(value[:20] or "empty", value, REFUSED if value else EITHER)
    yield case("a picture", "base.yaml", more={"base.yaml": png(9, 9)})
    yield case("a cycle", "base.yaml", more={"base.yaml": b"\xe6\xb2\xbf\xe7\x94\xa8: input.yaml\n"})
    chain = {f"c{i}.yaml": f"沿用: c{i + 1}.yaml\n".encode() for i in range(200)}
    yield case("a chain of 200", "c0.yaml", EITHER, more=chain | {"c200.yaml": good})
    for value in (
        "../summary",
        "/etc",
        "nothing",
        "",
        ".",
        "..",
        "summary/../press",
        "con",
        "x" * 300,
        "summary\0",
        "-t",
        "{{年度}}",
    ):
        yield case(value[:20] or "empty", value, EITHER if value == "" else REFUSED, "模板")


def mutations(seed: int, count: int) -> Iterator[Case]:
    """Real inputs with bytes changed at random: whatever becomes of them, it is told or printed."""
    chooser = random.Random(seed)
    sources = [
        path.read_bytes()
        for path in sorted(INPUTS.glob("*.yaml"))
        if b"\xe6\xb2\xbf\xe7\x94\xa8:" not in path.read_bytes()
    ]
    for index in range(count):
        data = bytearray(chooser.choice(sources))
        for _ in range(chooser.randint(1, 4)):
            at = chooser.randrange(len(data))
            match chooser.randrange(5):
                case 0:
                    del data[at : at + chooser.randint(1, 40)]
                case 1:
                    data[at:at] = bytes(
                        chooser.choice(b" \n\t:-#[]{}\"'|>&*!%@`,") for _ in range(chooser.randint(1, 3))
                    )
                case 2:
                    data[at] = chooser.randrange(256)
                case 3:
                    end = min(len(data), at + chooser.randint(1, 400))
                    to = chooser.randrange(len(data))
                    data[to:to] = data[at:end]
                case _:
                    char = chr(
                        chooser.choice((0x3000, 0xFF1A, 0x201C, 0x2014, 0x1F600, 0xE000, 0x20BB7, 0xAC00))
                    )
                    data[at:at] = char.encode()
        yield Case(
            rule="bytes changed at random",
            name=f"seed {seed} no. {index}",
            files={"input.yaml": bytes(data)},
            outcome=EITHER,
        )


def all_cases() -> list[Case]:
    """Return every case that needs no seed."""
    makers = (
        scalars,
        characters,
        markup,
        code,
        yaml_features,
        sizes,
        encodings,
        json_files,
        fields,
        pictures,
        other_files,
    )
    return [case for make in makers for case in make()]


def visible(text: str) -> str:
    """Return a text as finished files are compared: without white space, composed."""
    return unicodedata.normalize("NFC", "".join(text.split()))
