"""Planting faults into an input's text; knows nothing of the program that has to find them.

A class of faults is a function that takes the lines of a file and a random generator, and returns the changed
lines with the number of the line that is wrong, or None where the file has no place for such a fault.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

Lines = list[str]
Planter = Callable[[Lines, Random], tuple[Lines, int] | None]


@dataclass(frozen=True)
class Fault:
    """A planted fault: its class, the code that should be reported, the file with it and its line."""

    name: str
    code: str
    text: str
    line: int


HAN = "[\u4e00-\u9fff]"
_KEY = re.compile(r"^\s*(?:- )?[^\s，。“”{}]{1,24}: ?\S?")
_METRIC = re.compile(r"^(?P<indent> +)(?P<name>[^\s:{}]{3,16}): (?P<value>[^\s{#]+)\s*(?:#.*)?$")
_COUNT = re.compile(r"^(?P<number>[0-9]+(?:\.[0-9]+)?)(?P<unit>(?![余多])[\u4e00-\u9fff%]+)$")


def prose(lines: Lines) -> list[int]:
    """Indices of the lines that are paragraphs."""
    return [
        index
        for index, line in enumerate(lines)
        if len(line.strip()) > 30
        and "，" in line
        and not line.lstrip().startswith("#")
        and not _KEY.match(line)
    ]


def metrics(lines: Lines) -> list[tuple[int, str, str]]:
    """Index, name and value of every metric that stands on a line of its own and is referred to."""
    text = "\n".join(lines)
    found = []
    for index, line in enumerate(lines):
        match = _METRIC.match(line)
        if match is not None and "{{" + match["name"] + "}}" in text:
            found.append((index, match["name"], match["value"]))
    return found


def spots(line: str, after: str = "，。；") -> list[int]:
    """Offsets after a mark that stands outside quotations, brackets and references."""
    depth, result = 0, []
    for index, char in enumerate(line):
        if char in "“《（{‘":
            depth += 1
        elif char in "”》）}’":
            depth -= 1
        elif char in after and depth == 0 and index + 1 < len(line):
            result.append(index + 1)
    return result


def changed(lines: Lines, index: int, line: str) -> tuple[Lines, int]:
    return [*lines[:index], line, *lines[index + 1 :]], index + 1


def inserted(phrases: Sequence[str]) -> Planter:
    """Insert one of some phrases where a clause begins; {n} becomes a number from 2 to 9."""

    def plant(lines: Lines, random: Random) -> tuple[Lines, int] | None:
        index = random.choice(prose(lines))
        line = lines[index]
        places = spots(line)
        if not places:
            return None
        at = random.choice(places)
        phrase = random.choice(phrases).replace("{n}", str(random.randint(2, 9)))
        return changed(lines, index, line[:at] + phrase + line[at:])

    return plant


def replaced(pattern: str, by: Callable[[re.Match[str], Random], str]) -> Planter:
    """Replace one of the places that a pattern finds in the paragraphs."""

    def plant(lines: Lines, random: Random) -> tuple[Lines, int] | None:
        found = [(index, match) for index in prose(lines) for match in re.finditer(pattern, lines[index])]
        if not found:
            return None
        index, match = random.choice(found)
        line = lines[index]
        return changed(lines, index, line[: match.start()] + by(match, random) + line[match.end() :])

    return plant


def begun(phrases: Sequence[str]) -> Planter:
    """Put one of some phrases at the beginning of a paragraph."""

    def plant(lines: Lines, random: Random) -> tuple[Lines, int]:
        index = random.choice(prose(lines))
        line = lines[index]
        indent = line[: len(line) - len(line.lstrip())]
        return changed(lines, index, indent + random.choice(phrases) + line.lstrip())

    return plant


def _space(lines: Lines, random: Random) -> tuple[Lines, int] | None:
    index = random.choice(prose(lines))
    line = lines[index]
    places = [
        at
        for at in range(1, len(line))
        if re.match(HAN * 2, line[at - 1 : at + 1])
        and not any(line[:at].count(a) > line[:at].count(b) for a, b in ("“”", "《》", "{}"))
    ]
    at = random.choice(places)
    return changed(lines, index, line[:at] + " " * random.randint(1, 2) + line[at:])


def _typed_figure(lines: Lines, random: Random) -> tuple[Lines, int] | None:
    found = [(name, value) for _, name, value in metrics(lines) if re.match("[0-9]", value)]
    name, value = random.choice(found)
    reference = "{{" + name + "}}"
    index = next(index for index, line in enumerate(lines) if reference in line)
    return changed(lines, index, lines[index].replace(reference, value, 1))


def _added_metric(make: Callable[[str, str, Random], str | None]) -> Planter:
    """Add a metric below another one; ``make`` gets that one's name and value."""

    def plant(lines: Lines, random: Random) -> tuple[Lines, int] | None:
        index, name, value = random.choice(metrics(lines))
        made = make(name, value, random)
        if made is None:
            return None
        indent = lines[index][: len(lines[index]) - len(lines[index].lstrip())]
        return [*lines[: index + 1], indent + made, *lines[index + 1 :]], index + 2

    return plant


def _other(value: str, random: Random) -> str | None:
    match = _COUNT.match(value)
    if match is None or "." in match["number"]:
        return None
    number = int(match["number"])
    return f"{max(1, number * random.choice((2, 3)) + random.randint(1, 5))}{match['unit']}"


def _second_value(name: str, value: str, random: Random) -> str | None:
    other = _other(value, random)
    return None if other is None else f"{random.choice(('全年', '累计'))}{name}: {other}"


def _within(lines: Lines, index: int, key: str) -> bool:
    """Whether a line stands below a key of the first level."""
    above = next((line for line in reversed(lines[: index + 1]) if re.match(r"^[^\s#]", line)), "")
    return above.startswith(key)


def _typed_against_metric(*, headline: bool) -> Planter:
    def plant(lines: Lines, random: Random) -> tuple[Lines, int] | None:
        found = [
            (name, other)
            for index, name, value in metrics(lines)
            if _within(lines, index, "行动") and (other := _other(value, random)) is not None
        ]
        places = [
            index
            for index in prose(lines)
            if _within(lines, index, "开篇" if headline else "行动") and spots(lines[index])
        ]
        if not found or not places:
            return None
        name, other = random.choice(found)
        index = random.choice(places)
        line = lines[index]
        at = random.choice(spots(line))
        phrase = random.choice((f"全年{name}{other}，", f"{name}达到{other}，", f"共举办{other}{name}，"))
        return changed(lines, index, line[:at] + phrase + line[at:])

    return plant


def _false_hedge(lines: Lines, random: Random) -> tuple[Lines, int] | None:
    found = []
    for _, name, value in metrics(lines):
        match = _COUNT.match(value)
        if match is not None and match["number"].isdigit() and int(match["number"]) >= 8:
            found.append((name, int(match["number"]), match["unit"]))
    name, number, unit = random.choice(found)
    above = (number // 10 + 1) * 10
    phrase = random.choice(
        (
            f"{name}超{above}{unit}，",
            f"{name}达{above}余{unit}，",
            f"{name}突破{above}{unit}，",
            f"{name}近{number * 3 // 10 or 2}{unit}，",
        )
    )
    # What is planned may differ from what was done.
    places = [index for index in prose(lines) if spots(lines[index]) and not _within(lines, index, "打算")]
    index = random.choice(places)
    line = lines[index]
    at = random.choice(spots(line))
    return changed(lines, index, line[:at] + phrase + line[at:])


def _metric_changed(change: Callable[[str, str], str | None]) -> Planter:
    def plant(lines: Lines, random: Random) -> tuple[Lines, int] | None:
        found = [
            (index, made)
            for index, name, value in metrics(lines)
            if (made := change(name, value)) is not None
        ]
        if not found:
            return None
        index, made = random.choice(found)
        head = lines[index].split(":")[0]
        return changed(lines, index, f"{head}: {made}")

    return plant


def _same_last_year(name: str, value: str) -> str | None:
    match = _COUNT.match(value)
    long_enough = match is not None and len(match["number"].replace(".", "").strip("0")) >= 2
    return f"{{数值: {value}, 上年: {value}}}" if long_enough else None


def _parts(name: str, value: str) -> str | None:
    match = _COUNT.match(value)
    if match is None or not match["number"].isdigit() or int(match["number"]) < 6:
        return None
    number, unit = int(match["number"]), match["unit"]
    return (
        f"{{数值: {value}, 分项: {{上半年: {number // 2}{unit}, 下半年: {number - number // 2 - 1}{unit}}}}}"
    )


def _first_again(name: str, value: str) -> str | None:
    return f"{{数值: {value}, 上年: {value}}}" if re.match("(?:全省|全市)?首[个家]$", value) else None


def _other_hedge(lines: Lines, random: Random) -> tuple[Lines, int] | None:
    if sum("多" in value for _, _, value in metrics(lines)):
        return None  # a file that mixes them already has its own warning
    found = [(index, value) for index, _, value in metrics(lines) if "余" in value]
    index, value = random.choice(found)
    return changed(lines, index, lines[index].replace(value, value.replace("余", "多")))


def _wrong_organisation(lines: Lines, random: Random) -> tuple[Lines, int] | None:
    text = "\n".join(lines)
    full = re.search(r"全称: ([^,，}\s]+)", text)
    if full is None or not full[1].endswith("科学技术协会"):
        return None
    place = full[1].removesuffix("科学技术协会")
    stem = place.rstrip("市县区")
    names = (f"{stem}科协", f"{place}科技协会", f"{stem}科学技术协会", f"{stem}县科协")
    index = random.choice(prose(lines))
    line = lines[index]
    found = re.search(r"\{\{单位\.(?:简称|自称|全称)\}\}", line)
    if found is not None:
        return changed(lines, index, line[: found.start()] + random.choice(names) + line[found.end() :])
    places = spots(line)
    if not places:
        return None
    at = random.choice(places)
    return changed(lines, index, line[:at] + random.choice(names) + "扎实工作，" + line[at:])


def _doubled_word(lines: Lines, random: Random) -> tuple[Lines, int] | None:
    words = "工作|活动|服务|科技|建设|推进|组织|开展|全市|阅读|读者"
    index = random.choice(prose(lines))
    found = list(re.finditer(rf"(?:{words})(?![^{{}}]*\}})", lines[index]))
    if not found:
        return None
    match = random.choice(found)
    line = lines[index]
    return changed(lines, index, line[: match.end()] + match[0] + line[match.end() :])


_QUOTED = "“([^“”{}，。]{2,12})”"

CLASSES: dict[str, tuple[str, Planter]] = {
    "half-width mark": (
        "KC101",
        replaced("(?<=[\u4e00-\u9fff])[，；](?=[\u4e00-\u9fff])", lambda m, r: {"，": ",", "；": ";"}[m[0]]),
    ),
    "half-width stop": (
        "KC101",
        replaced("(?<=[\u4e00-\u9fff])。(?=[\u4e00-\u9fff“])", lambda m, r: r.choice(".!?")),
    ),
    "straight quotes": ("KC102", replaced(_QUOTED, lambda m, r: "{0}{1}{0}".format(r.choice("\"'＂"), m[1]))),
    "ASCII brackets": (
        "KC103",
        replaced(
            "(?<=[\u4e00-\u9fff])(?=，)", lambda m, r: r.choice(("(试行)", "(含县区)", "[线上]", "<纲要>"))
        ),
    ),
    "typed space": ("KC104", _space),
    "ellipsis": (
        "KC105",
        replaced(
            "(?<=[\u4e00-\u9fff])[，；](?=[\u4e00-\u9fff])",
            lambda m, r: r.choice(("...", "…", "。。。", "......", "⋯⋯", "‥‥")),
        ),
    ),
    "dash": (
        "KC106",
        replaced(
            "(?<=[\u4e00-\u9fff])，(?=[\u4e00-\u9fff])",
            lambda m, r: r.choice(("--", "---", "──", "－－", "━━", "— —")),
        ),
    ),
    "doubled mark": (
        "KC107",
        replaced(
            "(?<=[\u4e00-\u9fff])，(?=[\u4e00-\u9fff])",
            lambda m, r: r.choice(("，，", "，。", "、，", "。，")),
        ),
    ),
    "unclosed pair": ("KC108", replaced("[“”《》](?=[\u4e00-\u9fff])", lambda m, r: "")),
    "nested marks": ("KC109", inserted(("落实《关于印发《纲要》的通知》，", "弘扬“敢想“敢干”敢闯”精神，"))),
    "comma between quoted": ("KC110", inserted(("打造“书香节”、“科普日”品牌，", "学习《纲要》、《意见》，"))),
    "等 with ellipsis": (
        "KC111",
        inserted(("推进宣传、培训等工作……", "涵盖讲座、展览……等形式，", "获奖等多项省级以上荣誉…")),
    ),
    "comma before 等": ("KC112", inserted(("开展宣传、培训、等工作，", "邀请专家、学者、等到场，"))),
    "mark after ordinal": ("KC114", begun(("1、", "（一）、", "首先、", "一.", "第一、"))),
    "full-width digits": ("KC117", inserted(("２０２５年初，", "在Ａ区，"))),
    "middle dot": ("KC118", inserted(("推出“书香•临江”品牌，", "举办“智慧・未来”论坛，"))),
    "document number": (
        "KC201",
        inserted(
            (
                "按照市发[2025]{n}号文件要求，",
                "依据政办发（2025）1{n}号文件，",
                "按照省发〔2025〕第{n}号文件要求，",
                "按照省发〔2025〕0{n}号文件要求，",
                "按照省发〔25〕{n}号文件要求，",
            )
        ),
    ),
    "zero-padded date": ("KC202", inserted(("2025年0{n}月1日，", "5月0{n}日，"))),
    "two-digit year": ("KC203", inserted(("25年{n}月，", "较24年底，"))),
    "mixed date": ("KC204", inserted(("2025年八月，", "二〇二五年{n}月，", "{n}月二十日，", "五月{n}日，"))),
    "range without %": ("KC205", inserted(("增幅保持在{n}～15%，", "降幅为{n}-12%，", "占比为{n}至15%，"))),
    "range without 万": ("KC206", inserted(("每年投入{n}～15万元，",))),
    "digits with 千": ("KC207", inserted(("覆盖{n}千人，", "发放资料{n}百份，"))),
    "零 in a year": ("KC208", inserted(("二零二五年以来，", "二○二五年，"))),
    "decimal": ("KC209", inserted(("提高.{n}个百分点，", "达到1．{n}万册，"))),
    "hedged twice": (
        "KC212",
        inserted(
            (
                "约{n}0余人参加，",
                "超过{n}00余人次受益，",
                "近{n}00人左右到场，",
                "约三百余人参加，",
                "近百余户受益，",
            )
        ),
    ),
    "mixed number": ("KC214", inserted(("增长百分之1{n}，", "表彰先进二十{n}名，", "举办第3十届论坛，"))),
    "tilde": ("KC213", inserted(("每期{n}%~15%，", "每场{n}0~150人，"))),
    "typed figure": ("KC301", _typed_figure),
    "typed figure, new": (
        "KC301",
        inserted(
            (
                "新增会员{n}3名，",
                "走访企业{n}家，",
                "覆盖率达到{n}8.5%，",
                "接待三十五批来访者，",
                "受益群众{n}万余人次，",
                "开设课程十二门，",
                "占全市的1/{n}，",
            )
        ),
    ),
    "unused metric": (
        "KC302",
        _added_metric(
            lambda name, value, r: f"{r.choice(('走访慰问', '培训讲师', '宣传展板'))}: {r.randint(3, 90)}人"
        ),
    ),
    "given twice": ("KC303", _added_metric(_second_value)),
    "typed otherwise": ("KC303", _typed_against_metric(headline=False)),
    "headline": ("KC305", _typed_against_metric(headline=True)),
    "false hedge": ("KC308", _false_hedge),
    "same as last year": ("KC309", _metric_changed(_same_last_year)),
    "parts and whole": ("KC304", _metric_changed(_parts)),
    "first again": ("KC310", _metric_changed(_first_again)),
    "first of a later": (
        "KC310",
        inserted(
            (
                "首次举办第三届读书节，",
                "首次承办第{n}届论坛，",
                "首个连续三年达标，",
                "再次获评首个示范单位，",
            )
        ),
    ),
    "share over 100 %": (
        "KC311",
        inserted(
            (
                "覆盖率达到10{n}%，",
                "满意率为1{n}0%，",
                "占比11{n}.5%，",
                "办结率达到10{n}%，",
                "参保率11{n}%，",
            )
        ),
    ),
    "余 and 多": ("KC317", _other_hedge),
    "list and count": (
        "KC315",
        inserted(("举办讲座、展览、沙龙4场，", "形成宣传、培训、服务、评价5项制度，")),
    ),
    "year twice": ("KC402", inserted(("2025年初启动的2025年重点任务全部完成，",))),
    "doubled word": ("KC401", _doubled_word),
    "organisation": ("KC403", _wrong_organisation),
}
"""Every class of faults: the code that should be reported, and what plants one."""


def plant(name: str, text: str, random: Random) -> Fault | None:
    """Plant one fault of a class; None where the file has no place for it."""
    code, planter = CLASSES[name]
    for _ in range(20):
        made = planter(text.split("\n"), random)
        if made is not None:
            lines, line = made
            return Fault(name, code, "\n".join(lines), line)
    return None
