"""Figures found in running text, and the numerals there that are none."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kexie_docs.figures.quantity import print_quantity
from kexie_docs.figures.scan import Found, FoundKind, figures_in, scan
from kexie_docs.figures.spelling import Oddity

SEEDS = Path(__file__).parents[1] / "data" / "seeds"
TO_HANS = str.maketrans("場萬個項屆過級餘", "场万个项届过级余")
FULL_WIDTH = str.maketrans(",;:!?()", "，；：！？（）")
SAME_KIND = {
    "metric": FoundKind.FIGURE,
    "ordinal": FoundKind.FIGURE,
    "rank": FoundKind.FIGURE,
    "year": FoundKind.DATE,
}
NO_FIGURES = ("idiom", "vague")


def rows(document: str) -> dict[tuple[int, int, int], dict[str, str]]:
    with (SEEDS / "figures.csv").open(encoding="utf-8", newline="") as file:
        return {
            (int(row["para"]), int(row["start"]) - 1, int(row["end"])): row
            for row in csv.DictReader(file)
            if row["doc"] == document
        }


def findings(document: str, *, full_width: bool) -> dict[tuple[int, int, int], Found]:
    text = (SEEDS / f"{document}.txt").read_text(encoding="utf-8")
    if full_width:
        text = text.translate(FULL_WIDTH)
    paragraphs = [line for line in text.split("\n") if line.strip()]
    return {
        (number, found.start, found.end): found
        for number, paragraph in enumerate(paragraphs, 1)
        for found in scan(paragraph)
    }


@pytest.mark.parametrize("full_width", [False, True], ids=["half-width marks", "full-width marks"])
@pytest.mark.parametrize("document", ["qingyang-2024", "zhangye-2025"])
def test_real_summaries_give_their_figures_and_nothing_else(document: str, full_width: bool) -> None:
    expected, found = rows(document), findings(document, full_width=full_width)
    assert {found[place].surface for place in found.keys() - expected.keys()} == set()
    for place, row in expected.items():
        one = found.get(place)
        if row["kind"] == "idiom":
            assert one is None, row["surface"]
            continue
        assert one is not None, row["id"]
        assert one.kind == SAME_KIND.get(row["kind"], row["kind"]), row["id"]
        if one.kind is not FoundKind.FIGURE:
            assert one.quantity is None
            continue
        assert one.quantity is not None, row["id"]
        hedge = "" if row["hedge"] == "none" else row["hedge"].translate(TO_HANS)
        assert one.quantity.value == (Decimal(row["value"]) if row["value"] else None), row["id"]
        assert one.quantity.unit.translate(str.maketrans("（）", "()")) == row["unit"].translate(TO_HANS)
        assert one.quantity.hedge == hedge
        assert print_quantity(one.quantity) == one.surface


def figures(text: str) -> list[str]:
    return [found.surface for found in figures_in(text)]


def kinds(text: str) -> list[tuple[str, str]]:
    return [(found.kind.value, found.surface) for found in scan(text)]


@pytest.mark.parametrize(
    ("text", "surfaces"),
    [
        ("参与群众达56.7万余人次，同比增长12.5%，提高2.3个百分点", ["56.7万余人次", "12.5%", "2.3个百分点"]),
        ("争取资金1.2亿元、贷款500万美元，人民币300万元到账", ["1.2亿元", "500万美元", "人民币300万元"]),
        ("建成基地3—5个，补助13万—17万元，占4.5%至5%", ["3—5个", "13万—17万元", "4.5%至5%"]),
        ("居全省第二位，综合排名全省前三，获一等奖2项", ["第二位", "前三", "2项"]),
        ("超过三分之二的学会，男女比例为1:3", ["超过三分之二", "1:3"]),
        ("十余家单位、百余名专家、近万名师生、两家企业", ["十余家", "百余名", "近万名", "两家"]),
        ("全省首家科技小院，参与人数创历史新高，首批命名", ["全省首家", "历史新高", "首批"]),
        ("5万人以上参加，30天左右完成，不少于60场", ["5万人以上", "30天左右", "不少于60场"]),
        ("第三批基地、第十二届大赛、第2期培训班", ["第三批", "第十二届", "第2期"]),
        (
            "培训2期150人，出动35台次，用户超千万，覆盖八成以上",
            ["2期", "150人", "35台次", "超千万", "八成以上"],
        ),
        ("开展“科普之夜”29次（期）、发放9000余份（册）", ["29次（期）", "9000余份（册）"]),
        ("带动农户2.3万户，点亮近万户灯火", ["2.3万户", "近万户"]),
        ("行程3.8万km、占地120㎡、8小时", ["3.8万km", "120㎡", "8小时"]),
        ("占全市1/3以上，2/3的会员参加，同比+12%", ["1/3以上", "2/3", "12%"]),
        (
            "课程十二门、感谢信三十六封、党课四十八堂、一百二十学时",
            ["十二门", "三十六封", "四十八堂", "一百二十学时"],
        ),
        ("算力规模突破15万P，智算22万P，迈上5万亿台阶", ["突破15万", "22万", "5万亿"]),
        ("举办培训班三期，讲座五期，建成站点120个", ["三期", "五期", "120个"]),
    ],
)
def test_figures_of_text_never_seen_before_are_found_whole(text: str, surfaces: list[str]) -> None:
    assert figures(text) == surfaces


@pytest.mark.parametrize(
    "text",
    [
        "千家万户、百花齐放、四面八方、五湖四海、千方百计、一心一意",
        "进一步统一思想，十分重视，一些单位，这一年，每一个人，另一方面",
        "这三项工作、每两个月、各五个",
        "深入学习贯彻党的二十大和二十届三中全会精神",
        "践行两个维护，落实八项规定，做好三农工作，开展三下乡",
        "第一书记、第一时间、第三方评估、第一课堂",
        "五家渠市、三台县、九江市、七里河区",
        "附件：节约、签约、公约、超越、近来、多元",
        "连续五年，三年行动，近年来，十年间",
        "双十行动、十百千工程、成千上万个、成果、两成员单位",
        "十一届三次全会，二十届三中全会，十四届全国人大",
        "拓展一批渠道，形成一套机制，开创一个局面",
        "党的二十大和二十届历次全会精神，省委十一届九次、十次全会，市委七次全会",
        "第一、二轮督察，近十届最好成绩",
        "机场三期、博鳌机场二期、商洛电厂二期，二期工程和三期项目开工",
        "三次产业结构，两位数增长，重点把握八个方面",
        "成立105周年，连续5年保持，连续三年",
        "核心零部件，二十四节气，十万大山，三天两头",
        "750千伏输变电工程，331国道，自贸区3.0方案，G30高速",
        "三资［22］监管，“30条”政策，“15分钟”生活圈",
        "12356心理援助热线，拨打120急救电话，119消防宣传月，12345政务服务热线",
        "B座12层，东经116.3度，90后青年，365天不打烊",
    ],
)
def test_numerals_that_count_nothing_are_no_figures(text: str) -> None:
    assert figures(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2025年3月至2025-12-31，2021—2025年", ["date"] * 3),
        ("12月15日上午9时30分，14:30开始", ["date"] * 3),
        ("二〇二五年十二月三十一日", ["date"] * 2),
        ("电话：0936-8214871，手机13812345678，邮编734000", ["phone"] * 3),
        ("县府街12号3号楼502室", ["address"] * 3),
        ("张科协发〔2025〕12号", ["document"]),
        ("一、（二）", ["numbering"]),
        ("一是建好平台，二是用好人才", ["numbering"] * 2),
        ("5G、3D打印、H5、GB/T 9704—2012、COVID-19、7×24小时", ["name"] * 6),
        ("“三抓三促”行动、“1+4+N”模式、《规划纲要（2021—2035年）》", ["name"] * 3),
        ("一等奖、三级职员、百强企业、60岁以上老人", ["name"] * 4),
        ("多项荣誉、数十场活动、若干项、上百名、三四十人", ["vague"] * 5),
    ],
)
def test_other_numerals_are_told_by_what_they_are(text: str, expected: list[str]) -> None:
    assert [kind for kind, _ in kinds(text)] == expected


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("节约3万元", "3万元"),
        ("附近3个村", "3个"),
        ("签约2家", "2家"),
        ("赶超10个县", "10个"),
        ("约谈3人", "3人"),
    ],
)
def test_the_end_of_another_word_is_no_hedge(text: str, surface: str) -> None:
    assert figures(text) == [surface]


def test_what_follows_a_figure_does_not_get_into_its_unit() -> None:
    assert figures("举办培训20次以下情况除外") == ["20次"]
    assert figures("完成18个科普项目") == ["18个"]


def test_a_figure_that_is_written_wrongly_is_found_with_the_reason() -> None:
    (found,) = figures_in("开展活动105余场")
    assert found.quantity is None
    assert found.error is not None
    assert "round number" in str(found.error)
    assert figures("服务3千人") == ["3千人"]


def test_odd_typing_is_told() -> None:
    (separated, wide) = figures_in("共1,234人、１２场")
    assert separated.oddities == (Oddity.SEPARATORS,)
    assert wide.oddities == (Oddity.FULL_WIDTH,)
    assert wide.surface == "１２场"


def test_a_short_quotation_is_a_name_unless_it_is_a_plain_figure() -> None:
    assert kinds("开展“五大行动”") == [("name", "五大行动")]
    assert kinds("完成“300余场”") == [("figure", "300余场")]


@given(
    st.text(
        alphabet="0123456789.,:—一二十百千万亿余多近超第首个场人元%年月日届“”（）()是、，。 \n至约",
        max_size=40,
    )
)
def test_any_text_is_scanned_into_spans_that_do_not_overlap(text: str) -> None:
    end = 0
    for found in scan(text):
        assert found.start >= end
        assert text[found.start : found.end] == found.surface != ""
        assert (found.quantity is None) or found.kind is FoundKind.FIGURE
        end = found.end


@given(
    st.integers(1, 10**7),
    st.sampled_from(["个", "场", "人次", "万元", "%"]),
    st.sampled_from(["", "近", "超过", "约"]),
)
def test_a_count_put_between_words_is_found_as_it_is(number: int, unit: str, hedge: str) -> None:
    surface = f"{hedge}{number}{unit}"
    assert figures(f"全年共举办活动{surface}，成效明显") == [surface]
