"""The rules by which figures and other numerals are found in running text.

The rules go over the text one after another; the first to claim a character keeps it. So names and dates are
taken out before counts are looked for, and a rule need not know the ones before it.
"""

import re
from collections.abc import Callable
from functools import cache

from kexie_docs.figures.errors import QuantityError
from kexie_docs.figures.found import FoundKind
from kexie_docs.figures.hedges import Position, words
from kexie_docs.figures.parse import CURRENCIES, parse
from kexie_docs.figures.value import Kind
from kexie_docs.figures.vocabulary import (
    COUNTERS,
    HANS_COUNTERS,
    HANS_MEASURES,
    IDIOMS,
    LONG_HANS_COUNTERS,
    MEASURES,
    NOT_BEFORE,
    PLACES_WITH_NUMERALS,
    POLICY_NAMES,
    WORKS,
)
from kexie_docs.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """One pattern.

    Attributes:
        kind: what it finds; None for what is passed over.
        pattern: its group ``x`` is the find, where it has one.
        holds: a further condition on the match.
    """

    kind: FoundKind | None
    pattern: re.Pattern[str]
    holds: Callable[[re.Match[str]], bool] | None = None


_HANS = "零〇一二两三四五六七八九十百千万亿"


def _any_of(items: tuple[str, ...]) -> str:
    return "|".join(map(re.escape, sorted(items, key=len, reverse=True)))


def _before() -> str:
    """Return the pattern of a hedge before a number, where it is not the end of another word."""
    return "|".join(
        (f"(?<![{barred}])" if (barred := NOT_BEFORE.get(word[0], "")) and len(word) == 1 else "")
        + re.escape(word)
        for word in words(Position.BEFORE)
    )


def _quoted_is_name(match: re.Match[str]) -> bool:
    """Return whether a short quotation is a name: it holds a numeral and is no plain figure."""
    inner = match["x"]
    if not re.search(f"[0-9{_HANS}首]", inner):
        return False
    try:
        quantity = parse(inner)
    except QuantityError:
        return True
    counts = quantity.kind in (Kind.COUNT, Kind.RATIO, Kind.RANGE) and not quantity.hans
    return not (counts and quantity.unit) or (quantity.unit in _NAMING and not quantity.hedge)


_NAMING = frozenset(("条", "分钟", "小时"))
"""Units of what is called by its number: 稳经济“30条”, “15分钟”生活圈."""


def _is_time(match: re.Match[str]) -> bool:
    hours, minutes = match[0].replace("：", ":").split(":")[:2]
    return int(hours) <= 24 and len(minutes) == 2 and int(minutes) < 60


def _counts(match: re.Match[str]) -> bool:
    """Return whether Chinese numerals before a measure word count: 一个 does not, nor does 百家."""
    number = match["number"]
    if match["before"] or match["inside"]:
        return True
    return number != "一" and not set(number) <= set("百千万亿")


def _is_approximate(match: re.Match[str]) -> bool:
    """Return whether two neighbouring digits stand side by side, as in 三四十人 and 五六个."""
    digits = "一二三四五六七八九"
    return digits.find(match["b"]) == digits.find(match["a"].replace("两", "二")) + 1


@cache
def rules() -> tuple[Rule, ...]:
    """Return the rules in the order in which they claim."""
    kinds = FoundKind
    hans = f"[{_HANS}]"
    number = r"(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+)(?:\.[0-9]+)?"
    double = "(?:[（(](?:次|期|个|套|人|册|场|项|名|件)[)）])?"  # 29次（期）
    counters, measures = _any_of(HANS_COUNTERS), f"(?:{_any_of((*COUNTERS, *MEASURES))}){double}"
    hans_measures = f"(?:{_any_of((*HANS_COUNTERS, *HANS_MEASURES))}){double}"
    inside = _any_of(words(Position.INSIDE))
    before = _before()
    # 以下几个方面, 以上工作: not of the number before it.
    after = rf"(?:{_any_of(words(Position.AFTER))})(?![几工内措情简事问方])"
    works = "|".join(f"(?<={word})" for word in WORKS)
    month = "(?:1[0-2]|0?[1-9])月"
    hans_month = "(?:十[一二]?|[一二三四五六七八九])月"
    scale = "(?:万亿|万|亿)"
    joint = "(?:—{1,2}|[–～~－-]|至|到)"
    currency = f"(?:{_any_of(CURRENCIES)})?"
    # A unit and what follows it, or nothing and no digit or letter (5G, 1+4+N).
    measured = rf"{measures}(?!(?<=台)阶)(?:(?<![A-Za-z²])|(?![A-Za-z0-9]))"
    # 15万P: what 万 or 亿 follows is a number whatever its unit.
    unit = rf"(?:{measured}(?:{after})?|(?:{after})?(?:(?<=[万亿])(?![0-9])|(?![0-9A-Za-z])))"
    counted = rf"(?:{inside})?{scale}?(?:{inside})?"

    def rule(
        kind: FoundKind | None, pattern: str, holds: Callable[[re.Match[str]], bool] | None = None
    ) -> Rule:
        return Rule(kind, re.compile(pattern, re.MULTILINE), holds)

    return (
        # Records and addresses, by the words that stand around them.
        rule(
            kinds.LICENCE,
            r"(?:ICP[备证]|网安备|许可证[第号]*|登记证[第号]*)\s*(?:第\s*)?(?P<x>[0-9]+号?(?:-[0-9]+)?)",
        ),
        rule(
            kinds.LICENCE,
            r"(?<![0-9A-Za-z])(?=[0-9A-Z]*[A-Z])(?=(?:[A-Z]*[0-9]){8})[0-9A-Z]{18}(?![0-9A-Za-z])",
        ),
        rule(kinds.DOCUMENT, r"[〔\[［【]\s*[0-9]{4}\s*[〕\]］】]\s*(?:第\s*)?[0-9]+\s*号"),
        rule(
            kinds.PHONE,
            r"(?<![0-9])(?:[(（]0[0-9]{2,3}[)）]\s*|0[0-9]{2,3}[-－—]?\s?)[1-9][0-9]{6,7}(?![0-9])"
            r"(?:\s?(?:[-－转]|转)\s?[0-9]{1,6})?",
        ),
        rule(kinds.PHONE, r"(?<![0-9])(?:1[3-9][0-9]{9}|[48]00[- ]?[0-9]{3}[- ]?[0-9]{4})(?![0-9])"),
        rule(
            kinds.PHONE,
            r"(?:电话|传真|手机|拨打|致电|邮编|邮政编码|QQ|微信号?)[：:]?\s*(?P<x>[0-9][0-9 -]{2,}[0-9])",
        ),
        rule(kinds.PHONE, r"(?<![0-9])[0-9]{5,6}(?=[“”]?(?:[^\W\d_]{0,6}热线|平台|公益))"),
        rule(kinds.PHONE, r"(?<![0-9.])1(?:10|19|20|22)(?=急救|消防|宣传|报警|接警|指挥|电话|热线)"),
        rule(kinds.ADDRESS, r"(?<=[座楼栋])[0-9]{1,2}层|(?<=[东西]经|[南北]纬)[0-9.]+度"),
        rule(kinds.ADDRESS, rf"(?:[0-9]+|{hans}+)号(?:楼|院|馆|厅|门|库|车间|教室|会议室|学术厅)"),
        rule(kinds.ADDRESS, r"(?<=[路街巷道弄])[0-9]+号"),
        rule(kinds.NAME, r"(?<![0-9A-Za-z.])[0-9]{2,4}(?=国道|省道|县道|边防路|高速|线(?![上下路性索条]))"),
        rule(kinds.ADDRESS, rf"(?:[0-9]+|{hans}+)(?:单元|栋|幢)|[0-9]{{3,4}}(?:室|房间|教室|会议室)"),
        # Numbering at the start of a line, and of clauses.
        rule(
            kinds.NUMBERING,
            rf"^[ \t　#*]*(?P<x>{hans}{{1,3}}、|[（(]{hans}{{1,3}}[)）]"
            r"|[0-9]{1,2}[.．、)）](?![0-9])|[（(][0-9]{1,2}[)）])",
        ),
        rule(kinds.NUMBERING, r"[①-⑳]|[［\[〔【][0-9]{1,3}[］\]〕】](?![0-9])"),
        rule(
            kinds.NUMBERING,
            rf"(?:^|(?<=[，,。；;：:\s]))(?:{hans}{{1,2}}[是要](?!否)|第{hans}{{1,2}}(?=[，,：:]|、(?!{hans}+[届批轮期次])))",
        ),
        # Names: titles, short quotations with a numeral, letters with digits, grades, prizes.
        rule(kinds.NAME, r"《(?P<x>[^《》\n]*[0-9一二三四五六七八九十百千万][^《》\n]*)》"),
        rule(kinds.NAME, r"[“‘「『](?P<x>[^“”‘’「」『』，,。；;！!？?\n]{1,24})[”’」』]", _quoted_is_name),
        rule(
            kinds.NAME,
            rf"(?<![0-9A-Za-z])(?:[0-9]+|[A-Z]|{hans})(?:[+＋](?:[0-9]+|[A-Z]|{hans}))+(?![0-9A-Za-z])",
        ),
        rule(
            kinds.NAME,
            r"[A-Za-z]+(?:/[A-Za-z])?[-/ ]?[0-9][0-9A-Za-z.\-/]*(?<![.\-/])(?:[—–][0-9]{4}(?![0-9]))?",
        ),
        rule(
            kinds.NAME,
            r"(?<![0-9A-Za-z.])[0-9]+(?!(?:km|kg|cm|mm|m²|km²|kW|kWh|MW|GB|TB|MB|m|g|t)(?![A-Za-z]))[A-Za-z][0-9A-Za-z]*",
        ),
        rule(
            kinds.NAME,
            rf"(?<![0-9.])[0-9]+[×xX*][0-9]+(?:小时|米|厘米|毫米)?|(?<![0-9.])(?:985|211)(?=[”、和/]|工程|高校|院校|大学)|(?<![0-9.])[1-9]\.0(?=版|时代|模式)|(?<=[^\W\d_长高升降少至到达为超近约破])[1-9]\.0(?=[^\W\d_万亿个倍元米吨亩])(?!{measures})|[0-9]{{2,4}}千伏(?:安)?(?=[^\W\d_])",
        ),
        rule(
            kinds.NAME,
            rf"(?:[0-9]A|[0-9]|[一二三四五六七八九十])级(?![联])|{hans}星级|[一二三特]等[奖功]|[一二三]、[二三]等奖",
        ),
        rule(None, rf"(?<![0-9.{_HANS}])(?:{_any_of((*POLICY_NAMES, *PLACES_WITH_NUMERALS, *IDIOMS))})"),
        # Feast days and campaigns that are nothing but numerals, by what follows: 十一 is a count elsewhere.
        rule(
            None,
            r"(?:五一|五四|六一|七一|八一|十一)(?=假期|长假|小长假|期间|黄金周|前夕|国庆|国际|青年|儿童|建军|建党|节)",
        ),
        rule(None, r"[一二三四五六七八九]五(?=普法)"),
        # 千家万户, 百花千树: two magnitudes alternate. 三抓三促, 一老一小: one numeral comes twice.
        rule(
            None,
            rf"[百千万][^\W\d_{_HANS}][百千万][^\W\d_{_HANS}]|([一二三四五六七八九])[^\W\d_个项{_HANS}]\1[^\W\d_{_HANS}]",
        ),
        rule(
            None,
            r"(?:党的|中共|召开|[届学贯彻]|精神)十?[一二三四五六七八九十]{1,3}大|二?十[一二三四五六七八九]?大(?=精神|报告|以来|召开|代表)|二十大|十[六七八九]大",
        ),
        # 二十届三中全会, 十四届全国人大: sessions of bodies.
        rule(
            None,
            rf"(?:{hans}+届)?{hans}+中全会|第?{hans}+届(?=(?:全国|[省市县区])?(?:人大|政协|人民代表|党委|纪委|[省市县区]委))(?:[^\W\d_]{{0,4}}{hans}+次(?=全会|会议|全体))?",
        ),
        # 十一届三次全委会 is a session too; so are 十届七次、八次全会 and 二十届历次全会.
        rule(None, rf"{hans}+届(?:历次|{hans}+次(?:[、和]{hans}+次)*)(?=[^\W\d_]{{0,4}}[会])"),
        rule(None, rf"{hans}+次(?:[、和]{hans}+次)*(?=全会|全体会议|全委会|党代会|代表大会)"),
        # 第一、二轮: the second number belongs to the 第 before it. 近十届: what is looked back on.
        rule(None, rf"第{hans}+(?:[、和至]{hans}+)+[届批轮期次]|[近历]{hans}+[届次](?!全)"),
        # The sectors of the economy, what a rate of two digits is called, and what a plan has under itself.
        rule(None, rf"[一二三、]+次产业|[一二三]、[二三]产|[两双]位数|{hans}+个?方面|[两三]个积极性"),
        # A work's phase: 机场三期, 二期工程. A course has three 期 too, so a work must stand beside it.
        rule(
            None,
            rf"(?:{works})[一二三四五六七八九]期(?:[、和][一二三四五六七八九]期)*"
            rf"|(?<![第{_HANS}])[一二三四五六七八九]期(?:[、和][一二三四五六七八九]期)*"
            "(?=工程|项目|改扩建|扩建|改造|建成|开工|竣工|投产|投运|投用|启用|建设|主体|厂房|基金|地块)",
        ),
        # The base of a rate (每10万人拥有), and what is said of everybody (60岁以上, 24小时服务).
        rule(None, rf"每(?:{number}{scale}?|{hans}+)(?:{measures})?"),
        rule(
            kinds.NAME,
            rf"(?<![0-9.])[0-9]{{1,3}}(?:{joint}[0-9]{{1,3}})?(?:周)?岁(?:以上|以下|以内)?|(?<![0-9])(?:24小时(?!内)|365天|[0-9]0后)",
        ),
        rule(kinds.NAME, r"(?:(?<![0-9])[0-9]+|[百千]|[十一二三四五六七八九]+百)强"),
        # An anniversary, and a run of years: 建党105周年, 连续5年.
        rule(kinds.NAME, rf"(?:[0-9]+|{hans}+)周年|(?<=连续)[0-9]{{1,2}}(?:[至到—～-][0-9]{{1,2}})?年"),
        # Dates, times, durations in words.
        rule(
            kinds.DATE,
            rf"(?<![0-9])(?:19|20)[0-9]{{2}}年?{joint}(?:19|20)[0-9]{{2}}年?(?:度|底|初|末)?(?![0-9])",
        ),
        rule(
            kinds.DATE,
            rf"(?<![0-9])(?:19|20)[0-9]{{2}}(?:年(?:度|底|初|末)?(?:{month}(?:[0-3]?[0-9][日号])?)?"
            r"|[-/.](?:1[0-2]|0?[1-9])[-/.][0-3]?[0-9](?![0-9]))",
        ),
        rule(kinds.DATE, r"[一二][〇○零一二三四五六七八九]{3}年(?:度|底|初|末)?"),
        rule(
            kinds.DATE,
            rf"(?<![0-9])(?:[0-9]{{1,2}}{joint})?{month}(?:[0-3]?[0-9](?:{joint}[0-3]?[0-9])?[日号]|份|底|初|末|[上中下]旬)?",
        ),
        rule(
            kinds.DATE,
            rf"(?<![个{_HANS}]){hans_month}(?:{hans}{{1,3}}[日号]|份|底|初|末|[上中下]旬)?|(?<![{_HANS}0-9])(?:[0-3]?[0-9]|{hans}{{1,3}})[日号](?![用报常程益期前内召])",
        ),
        rule(kinds.DATE, r"第?[一二三四1-4](?:个)?季度|[前后]三季度"),
        rule(kinds.DATE, r"(?<![0-9])1?[0-9]·[0-3]?[0-9](?![0-9])"),
        rule(kinds.DATE, r"(?<![0-9])[0-2]?[0-9][:：][0-5][0-9](?![0-9])", _is_time),
        rule(kinds.DATE, r"(?<![0-9])[0-2]?[0-9][时点](?:[0-5]?[0-9]分|半|整)?(?![^\W\d_]*学)"),
        rule(
            None, rf"(?<![第{_HANS}])(?:{hans}+|[一二两三四五六七八九]|几|数)(?:多|余)?年(?:来|前|后|内|间)?"
        ),
        rule(
            kinds.DATE,
            r"(?:近|最近|过去|未来|今后)[0-9]{1,2}年(?:来|间|内)?|(?<![0-9])[0-9]{1,2}年(?=来|前|后|间)[来前后间]",
        ),
        # A year without 年, in the way of 回首2025 and (2021—2025); 2000 is a number.
        rule(
            kinds.DATE,
            rf"(?<![0-9.达计共约超近逾到为有名])20[1-4][0-9](?![0-9%‰+]|[.,][0-9]|{inside}|{scale}|{measures})",
        ),
        # Claims and ordinals.
        rule(
            kinds.FIGURE,
            r"(?P<x>(?:全[国省市县区州盟球]|西北|西部|国内|本省)?首(?:[个家次届批例台部所座条项支场本期篇款种张间处辆只]))"
            r"(?!要|席|先|脑|都|府)",
        ),
        rule(
            kinds.FIGURE,
            r"(?:历年来?|历史上?|历届|近年来?|近[一二三四五六七八九十]+年来?|有记录以来|同期)(?:新高|新低|最高水平|最好水平|最高|最好|最多|最佳)"
            r"|(?<=创)新[高低]|(?<=创下)新[高低]",
        ),
        rule(
            kinds.FIGURE,
            rf"(?:全[国省市县区州盟]|排名|位列|位居|跻身|名列|进入)?(?P<x>前(?:[0-9]+|{hans}+)[名位强])|(?<=[国省市县区州盟居列入])前(?:[0-9]+|{hans}{{1,3}})(?=[，,。；;、）)])",
        ),
        rule(
            kinds.FIGURE,
            rf"第(?:[0-9]+|{hans}+)(?:届|批|次|期|轮|名|位|版|站|场|号|个|家|所|集|季)(?!线|时|步|人|手|书|方|课|产|议)",
        ),
        rule(
            kinds.FIGURE,
            rf"(?:(?<=[名居列省市国县区部球界州盟])|(?<=跃升)|(?<=升至)|(?<=跃居)|(?<=获得)|(?<=总分)|(?<=评[比价])|(?<=考核))"
            rf"第(?:[0-9]+|{hans}+)(?![^\W\d_](?<![，、的并和及])(?<!位)(?<!名))|第{hans}{{1,3}}(?=[。；;）)！!])",
        ),
        rule(None, rf"第(?:[0-9]+|{hans}+)"),
        # Proportions and ranges, before the counts they are made of.
        rule(
            kinds.FIGURE,
            rf"(?:{before})?(?:(?<![0-9.]){number}[:：∶]{number}(?![0-9.])|(?<![0-9.,/A-Za-z])[1-9][0-9]?/[1-9][0-9]{{0,2}}(?![0-9/.,])|(?<!{hans})(?![百千]分){hans}+分之{hans}+)(?:{after})?",
        ),
        rule(
            kinds.FIGURE,
            rf"{currency}(?:{before})?(?<![0-9A-Za-z.+]){number}{counted}(?:{measures})?{joint}{number}{counted}{unit}",
        ),
        rule(
            kinds.FIGURE,
            rf"(?<![第{_HANS}])(?P<a>[一二两三四五六七八九十]+)[至到—](?P<b>[一二三四五六七八九十]+)(?:{hans_measures})",
        ),
        # Numbers without a number.
        rule(
            kinds.VAGUE,
            rf"(?P<a>[一二两三四五六七八])(?P<b>[二三四五六七八九])[十百千万]*(?:{counters})",
            _is_approximate,
        ),
        rule(
            kinds.VAGUE,
            rf"(?<![0-9更最许众诸很太{_HANS}])(?:多|数|几|若干|许多|众多|诸多|好几)(?:[十百千万]+)?(?:{counters})(?![委门样据元字队行面节])",
        ),
        rule(kinds.VAGUE, rf"(?:上|成|近|超|过|数|几)?[百千万](?<=[上数几成][百千万])(?:{counters})"),
        rule(kinds.VAGUE, "一系列|各类|一大批|一批(?!次)"),
        # Counts.
        rule(
            kinds.FIGURE,
            rf"{currency}(?:{before})?(?<![0-9A-Za-z.+]){number}{counted}"
            rf"(?:[十百千](?!克|米|瓦|卡|赫|帕|伏))?(?:{inside})?{unit}",
        ),
        # 同比+12%, which 1+4+N is not.
        rule(kinds.FIGURE, rf"(?<![0-9A-Za-z+])[+＋](?P<x>{number}[%‰])"),
        # 超千万, 近百万: a hedge makes a figure of a bare 万 or 亿 too. 八成以上: tenths.
        rule(
            kinds.FIGURE, rf"(?:超过?|逾|突破|近){hans}*[万亿](?!{hans_measures}|{inside}|{hans}|众|里|象|事)"
        ),
        rule(
            kinds.FIGURE,
            rf"(?:{before})?(?<![第每这那各{_HANS}])[一二两三四五六七八九]成(?![果员功效立长为本熟就绩都份品年型多半套])(?:{after})?",
        ),
        rule(
            kinds.FIGURE,
            rf"(?P<before>{before})?(?P<inside>)(?P<number>[百千]分之{hans}+(?:点{hans}+)?)(?:{after})?",
        ),
        rule(
            kinds.FIGURE,
            rf"(?P<before>{before})?(?<![第每这那另哪某各同统唯逐双{_HANS}])(?!零(?!点))(?P<number>{hans}+(?:点{hans}+)?)(?P<inside>{inside})?{scale}?"
            rf"(?:{hans_measures})(?:{after})?(?![一二三]体)",
            _counts,
        ),
        rule(
            kinds.FIGURE,
            rf"(?:{before})?(?<![第每这那{_HANS}])(?=[一二两三四五六七八九]*[十百千])(?!零){hans}{{2,}}(?:{inside})?"
            rf"(?:{_any_of(LONG_HANS_COUNTERS)})(?:{after})?(?!内?[^\W\d_]{{0,3}}圈)",
        ),
    )
