"""Random paragraphs that are hard to break: what official Chinese text can hold, in any order."""

import random
from collections.abc import Callable, Sequence

_HAN = (
    "市科协坚持以习近平新时代中国特色社会主义思想为指导聚焦主责深耕业围绕心服务大局举办展活动推进学技术普及组织工作者"
    "提升全民素质创驱建设平台项目资金成果转化基层农村社区校园青少年竞赛讲座培训评估监督管理机制体系阵地队伍"
)
_TRADITIONAL = "舉辦發展進學術會員動計劃應轉業務機構實際關鍵資訊區縣鄉鎮國際標準驗證環節體系"
_RARE = "勠祎堃喆昇翀赟烜"
_COMMA, _STOP = "，、；：", "。！？"
_UNITS = "个项人次场万元名家处篇期户亩吨年月日天届号部件批条"
_WORD_LIST = """
AI DeepSeek GDP WiFi Python China e-mail VR App 5G LED H5 PPT CAST STEM PM2.5 COVID-19 GB/T9704-2012
ISO9001 Z-Park C++ T-shirt U.S. O2O ChatGPT-4o Office365
"""
_WORDS = tuple(_WORD_LIST.split())
_NAMES = ("John Smith", "Marie Curie", "Li Ming", "van der Waals", "New York", "Open Science Day")
_SITES = (
    "https://www.cast.org.cn/xs/kxpj/art/2025/3/art_1.html",
    "www.gskx.gov.cn",
    "http://kp.zhangye.gov.cn/index.php?id=12&page=3#top",
    "zykx@163.com",
    "kexie-docs/templates/summary/style.toml",
)
_SYMBOLS = "①②③⑩㎡℃‰°×±÷→★●※√∶"


def paragraphs(seed: int, count: int) -> list[str]:
    """Return ``count`` paragraphs; the first Han run of number n has n modulo 28 characters more."""
    source = random.Random(seed)
    return [_paragraph(source, number % 28) for number in range(count)]


def _paragraph(source: random.Random, column: int) -> str:
    text = _han(source, column) if column else ""
    goal = source.randint(60, 220)
    kinds: Sequence[Callable[[random.Random], str]] = source.sample(
        _PIECES, k=source.randint(4, len(_PIECES))
    )
    while len(text) < goal:
        text += source.choice(kinds)(source) if source.random() < 0.6 else _phrase(source)
    return text + source.choice(_STOP)


def pieces(source: random.Random, length: int) -> str:
    """Return ``length`` characters or a few more, piece by piece, without the Han text between them."""
    text = ""
    while len(text) < length:
        text += source.choice(_PIECES)(source)
    return text[: length + 20].strip() or "字"


def _han(source: random.Random, length: int) -> str:
    return "".join(source.choices(_HAN, k=length))


def _phrase(source: random.Random) -> str:
    return _han(source, source.randint(1, 14)) + source.choice(_COMMA + _STOP + "，，，")


def _number(source: random.Random) -> str:
    return source.choice(
        (
            str(source.randint(1, 9)),
            str(source.randint(10, 99999)),
            f"{source.randint(1000, 9999999):,}",
            f"{source.random() * 1000:.{source.randint(1, 3)}f}",
        )
    )


def _quantity(source: random.Random) -> str:
    return (
        _han(source, source.randint(0, 5))
        + _number(source)
        + source.choice(
            (
                source.choice(_UNITS),
                "余" + source.choice(_UNITS),
                "万" + source.choice(_UNITS),
                "km",
                "kg",
                "㎡",
                "℃",
            )
        )
    )


def _percent(source: random.Random) -> str:
    return _han(source, source.randint(0, 4)) + _number(source) + source.choice(("%", "％", "‰", "个百分点"))


def _range(source: random.Random) -> str:
    first, second = source.randint(1, 2030), source.randint(1, 2030)
    return f"{first}{source.choice('-—~～–')}{second}{source.choice(_UNITS)}"


def _date(source: random.Random) -> str:
    year, month, day = source.randint(1949, 2035), source.randint(1, 12), source.randint(1, 31)
    return source.choice(
        (
            f"{year}年{month}月{day}日",
            f"{year}-{month:02}-{day:02}",
            f"{year}/{month}/{day}",
            f"{year}.{month}",
        )
    )


def _latin(source: random.Random) -> str:
    word = source.choice(source.choice((_WORDS, _NAMES)))
    return source.choice(("", " ")) + word + source.choice(("", " ", "、", "，", "等"))


def _site(source: random.Random) -> str:
    return source.choice(("", "（", "网址：")) + source.choice(_SITES) + source.choice(("", "）", "，", "。"))


def _quoted(source: random.Random) -> str:
    inner = _han(source, source.randint(1, 12))
    return source.choice(
        (
            f"“{inner}”",
            f"‘{inner}’",
            f"“{inner}‘{_han(source, 3)}’{_han(source, 2)}”",
            f"“{inner}”“{_han(source, 4)}”",
            f"“{_number(source)}{source.choice(_UNITS)}”",
            f"“{source.choice(_WORDS)}”",
            f"“{inner}……”",
            f"「{inner}」",
        )
    )


def _title(source: random.Random) -> str:
    inner = _han(source, source.randint(2, 14))
    return source.choice(
        (
            f"《{inner}》",
            f"《{inner}（{source.randint(2020, 2035)}年）》",
            f"《〈{inner}〉{_han(source, 2)}》",
            f"【{inner}】",
        )
    )


def _bracketed(source: random.Random) -> str:
    inner = source.choice((_han(source, source.randint(1, 9)), _number(source) + "个", source.choice(_WORDS)))
    return source.choice(
        (f"（{inner}）", f"({inner})", f"[{inner}]", f"〔{inner}〕", f"（{inner}、“{inner}”）")
    )


def _document_number(source: random.Random) -> str:
    return f"{_han(source, 3)}〔{source.randint(2019, 2026)}〕{source.randint(1, 120)}号"


def _mark(source: random.Random) -> str:
    return _han(source, source.randint(0, 3)) + source.choice(
        (
            "……",
            "——",
            "·",
            "—",
            "…",
            "•",
            "/",
            "～",
            "+",
            "=",
            "&",
            "#",
            "@",
            "*",
            "|",
            "、",
            "。”",
            "！”",
            "？）",
        )
    )


def _formula(source: random.Random) -> str:
    return source.choice(
        ("1+4+N", "“1+N”", "3+2", "N+X", "2×3", "10:1", "1:2.5", "5G+", "AI+科普", "A/B", "√2", "±5")
    )


def _symbol(source: random.Random) -> str:
    return source.choice(_SYMBOLS) + source.choice(("", _han(source, 2), str(source.randint(1, 99))))


def _long_run(source: random.Random) -> str:
    return source.choice(
        (
            "".join(source.choices("abcdefghijklmnopqrstuvwxyz", k=source.randint(20, 90))),
            "".join(source.choices("0123456789", k=source.randint(15, 70))),
            "、" * source.randint(3, 9),
            "”" * source.randint(2, 6),
            "“" * source.randint(2, 6),
            "-" * source.randint(2, 30),
            "_" * source.randint(2, 20),
        )
    )


def _spaces(source: random.Random) -> str:
    return _han(source, source.randint(0, 3)) + source.choice(
        (" ", "  ", "\u3000", "\u3000\u3000", " \u3000")
    )


def _traditional(source: random.Random) -> str:
    return "".join(source.choices(_TRADITIONAL, k=source.randint(2, 10)))


def _rare(source: random.Random) -> str:
    return _han(source, source.randint(0, 2)) + "".join(source.choices(_RARE, k=source.randint(1, 2)))


_PIECES = (
    _quantity,
    _percent,
    _range,
    _date,
    _latin,
    _site,
    _quoted,
    _title,
    _bracketed,
    _document_number,
    _mark,
    _formula,
    _symbol,
    _long_run,
    _spaces,
    _traditional,
    _rare,
)
