"""Rules for whole inputs: figures that contradict each other, names, structure."""

import pytest

from kexie_docs.checks.series import check_series
from tests.checks.reading import HEAD, codes, findings, load, opening


def test_typed_figure_is_found_at_its_place() -> None:
    [problem] = findings(opening("全年走访企业35家，成效明显。"))
    assert (problem.code, problem.place.line, problem.place.column) == ("KC301", 5, 9)


@pytest.mark.parametrize(
    "text",
    [
        "回首2025，2025年12月31日召开会议。",
        "第十六届科普月、第3批项目启动。",
        "“五个聚焦”“1+4+N”行动启动。",
        "电话（0936）8214871。",
        "依据云科协发〔2025〕12号文件。",
        "走进千家万户，进一步提升，每一个人都参与。",
        "一是抓科普，二是抓学术。",
        "党的二十大精神深入人心。",
    ],
)
def test_digits_that_are_no_figures_are_left_alone(text: str) -> None:
    assert "KC301" not in codes(opening(text))


def test_fixed_name_is_no_typed_figure() -> None:
    text = opening("推进百村50户示范行动。")
    assert "KC301" in codes(text)
    assert "KC301" not in codes(text + "固定名称: 百村50户示范\n")


@pytest.mark.parametrize("figure", ["35家", "35家企业", "三十余场", "10.4%"])
def test_bare_figure_is_refused_as_fixed_name(figure: str) -> None:
    assert codes(opening("全年走访企业35家。") + f"固定名称: [{figure}]\n") == {"KD221"}


@pytest.mark.parametrize("name", ["千名专家进百企", "百企千村行动", "百日攻坚"])
def test_name_that_a_magnitude_begins_is_a_fixed_name(name: str) -> None:
    assert codes(opening(f"推进{name}。") + f"固定名称: [{name}]\n") == set()


@pytest.mark.parametrize(
    "text",
    [
        "围绕“资源、客源、服务”三大要素推进。",
        "治理黄河、淮河、海河、长江四大流域。",
        "抓好垃圾分类和物业管理两件关键小事。",
        "“三会一课”“主题党日”两项制度落实到位。",
    ],
)
def test_chinese_numeral_that_sums_up_the_list_before_it_is_left_alone(text: str) -> None:
    assert "KC301" not in codes(opening(text))
    assert "KC301" in codes(opening("围绕五大要素推进。"))


def test_digits_after_a_list_are_a_figure() -> None:
    assert "KC301" in codes(opening("举办朗诵、书法、绘画3场比赛。"))


def test_unused_metric_is_found_at_its_key() -> None:
    [problem] = findings(opening("工作有序。", "科普活动: 120余场"))
    assert (problem.code, problem.place.line, problem.place.column) == ("KC302", 4, 3)


def test_metric_used_in_a_filter_argument_is_used() -> None:
    metrics = "参与公众: 900人\n科普活动: 12场"
    text = opening("举办{{科普活动}}，人均{{参与公众}}。", metrics)
    assert "KC302" not in codes(text)


TWICE = opening("{{科普活动}}，{{全年科普活动}}。", "科普活动: 300场\n全年科普活动: 280场")


def test_thing_given_twice_with_other_values_is_found() -> None:
    assert "KC303" in codes(TWICE)


@pytest.mark.parametrize(("one", "other"), [("300人", "320名"), ("60场", "80场次"), ("6个", "8家")])
def test_thing_given_twice_in_other_measure_words_is_found(one: str, other: str) -> None:
    assert "KC303" in codes(opening("{{甲乙丙}}，{{全年甲乙丙}}。", f"甲乙丙: {one}\n全年甲乙丙: {other}"))
    assert "KC303" not in codes(opening("{{甲乙丙}}，{{全年甲乙丙}}。", f"甲乙丙: {one}\n全年甲乙丙: 9万元"))


def test_thing_given_twice_with_one_value_is_left_alone() -> None:
    assert "KC303" not in codes(TWICE.replace("280场", "300场"))


BODY = """\
开篇: |
  一年来，{sentence}，成效明显。
行动:
  - 标题: 深化科学普及
    措施:
      - 指标: {{技术指导: 60场}}
        内容: 开展{{{{技术指导}}}}技术指导。
"""


def body(sentence: str) -> str:
    return HEAD + BODY.format(sentence=sentence)


@pytest.mark.parametrize("sentence", ["全年技术指导80场", "举办80场技术指导", "技术指导达到80场"])
def test_headline_that_disagrees_with_the_body_is_found(sentence: str) -> None:
    assert "KC305" in codes(body(sentence))


@pytest.mark.parametrize(
    "sentence",
    [
        "全年技术指导60场",
        "其中县区技术指导20场",
        "比上年技术指导增加20场",
        "技术指导员80名",
        "2024年技术指导50场",
    ],
)
def test_other_things_and_other_years_may_differ(sentence: str) -> None:
    assert not {"KC303", "KC305", "KC308"} & codes(body(sentence))


def prose(*paragraphs: str) -> str:
    """Return an input whose body has these paragraphs; nothing of it is a metric."""
    lines = "".join(f"  {paragraph}\n\n" for paragraph in paragraphs)
    return HEAD + f"正文: |\n{lines}"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("全年开展技术指导60场。", "组织技术指导80场，成效明显。"),
        ("举办科普讲座45场次。", "全市共举办45场科普讲座。\n\n  举办科普讲座54场次。"),
        ("为380个老旧小区引入物业服务。", "为800个老旧小区引入物业服务。"),
        ("健康档案建档率达到85%。", "全年健康档案建档率为88%。"),
    ],
)
def test_typed_figures_of_one_claim_contradict_each_other(one: str, other: str) -> None:
    assert "KC303" in codes(prose(one, other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("全球灯塔工厂增至10家，卓越级智能工厂增至22家。", ""),
        ("云溪经济总量突破3000亿元。", "川东经济区经济总量突破9000亿元。"),
        ("工业增长6.7%，高于全市0.8个百分点。", "进出口增长6.4%，高于全市2.6个百分点。"),
        ("建设3个未来产业先导区、6个未来产业加速园区。", ""),
        ("改造老旧小区682个。", "# 2026年工作安排\n\n  改造老旧小区300个。"),
        ("改造老旧小区682个。", "二、下一步重点任务\n\n  改造老旧小区300个。"),
        ("“十四五”时期，我们奋力前行。城镇新增就业690万人。", "过去的2025年成效显著。城镇新增就业141万人。"),
        ("健康档案建档率由85%提高到88%。", "健康档案建档率为88%。"),
        ("五年来，全市面貌焕然一新。\n\n  城镇新增就业690万人。", "2025年，城镇新增就业141万人。"),
        ("城镇新增就业141万人。", "主要预期目标是：城镇新增就业110万人以上。"),
    ],
)
def test_figures_of_other_claims_and_times_are_no_contradiction(one: str, other: str) -> None:
    """Classes of false alarms that the government reports of 31 provinces had, in words of our own."""
    assert not {"KC303", "KC308"} & codes(prose(one, other))


def test_heading_of_a_review_ends_the_plans() -> None:
    plans = prose("# 2026年计划", "改造老旧小区300个。", "# 2025年工作回顾", "改造老旧小区682个。")
    assert "KC303" not in codes(plans)
    assert "KC303" in codes(plans.replace("2026年计划", "2025年工作成效"))


PLANNED = """\
行动:
  - 标题: 2025年工作回顾
    措施:
      - 指标: {{改造小区: 682个}}
        内容: 改造小区{{{{改造小区}}}}，成效明显。
  - 标题: {heading}
    措施:
      - 指标: {{改造小区数: 300个}}
        内容: 改造小区{{{{改造小区数}}}}，再上台阶。
      - 内容: 改造小区310个，持续推进。
"""


@pytest.mark.parametrize("heading", ["2026年工作安排", "下一步工作打算", "“十五五”时期目标任务"])
def test_what_an_action_plans_is_held_against_nothing_that_was_done(heading: str) -> None:
    assert not {"KC303", "KC305", "KC308"} & codes(HEAD + PLANNED.format(heading=heading))
    assert "KC303" in codes(HEAD + PLANNED.format(heading="服务群众有力有效"))


def test_plan_of_the_next_year_is_known_by_its_first_words() -> None:
    done = "改造老旧小区682个。"
    assert "KC303" not in codes(prose(done, "2026年，我们要干字当头。改造老旧小区300个。"))
    assert "KC303" in codes(prose(done, "2025年，我们干字当头。改造老旧小区300个。"))


def test_new_ones_are_not_all_of_them() -> None:
    text = opening("{{智能煤矿}}，{{新建智能煤矿}}。", "智能煤矿: 400座\n新建智能煤矿: 60座")
    assert "KC303" not in codes(text)


def test_figure_that_tells_which_ones_is_not_the_whole() -> None:
    text = opening("经济总量{{经济总量}}，经济总量超100亿元的镇增多。", "经济总量: 9000亿元")
    assert not {"KC303", "KC308"} & codes(text)


@pytest.mark.parametrize(
    ("sentence", "false"),
    [
        ("技术指导超80场", True),
        ("技术指导超50场", False),
        ("技术指导近40场", True),
        ("技术指导近70场", False),
        ("技术指导70余场", True),
        ("技术指导50余场", False),
        ("技术指导约60场", False),
        ("技术指导约90场", True),
    ],
)
def test_hedge_is_held_against_the_exact_value(sentence: str, false: bool) -> None:
    assert ("KC308" in codes(body(sentence))) is false


def test_hedge_is_held_against_the_exact_value_in_brackets() -> None:
    assert "KC308" in codes(opening("参与公众超5万人次（48000人次）。"))
    assert "KC308" not in codes(opening("参与公众超4万人次（48000人次）。"))


def test_parts_that_do_not_add_up_are_found() -> None:
    metric = "科普活动: {{数值: 300场, 分项: {{进校园: 120场, 进乡村: {rest}场}}}}"
    assert "KC304" in codes(opening("{{科普活动}}。", metric.format(rest=150)))
    assert "KC304" not in codes(opening("{{科普活动}}。", metric.format(rest=180)))
    people = "专家: {{数值: 100人, 分项: {{市内: 40名, 市外: {rest}名}}}}"
    assert "KC304" in codes(opening("{{专家}}。", people.format(rest=50)))
    assert "KC304" not in codes(opening("{{专家}}。", people.format(rest=60)))


@pytest.mark.parametrize(
    ("now", "before", "found"), [("312场", "312场", True), ("312场", "268场", False), ("3个", "3个", False)]
)
def test_same_figure_in_both_years_is_found(now: str, before: str, found: bool) -> None:
    text = opening("{{科普活动}}。", f"科普活动: {{数值: {now}, 上年: {before}}}")
    assert ("KC309" in codes(text)) is found


def test_first_that_was_there_before_is_found() -> None:
    assert "KC310" in codes(opening("{{小院}}小院。", "小院: {数值: 首个, 上年: 首个}"))
    assert "KC310" in codes(opening("首次举办第三届科普月。"))
    assert "KC310" not in codes(opening("首次举办第一届科普月。"))
    assert "KC310" not in codes(opening("成立首个小院，举办第三届科普月。"))
    assert "KC310" in codes(opening("再次荣获首个国家级示范称号。"))
    assert "KC310" in codes(opening("首届大赛已连续举办三届。"))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("覆盖率104%", True),
        ("占比102.5%", True),
        ("覆盖率94%", False),
        ("同比增长120%", False),
        ("完成率110%", False),
        ("参保率达到103%", True),
        ("办结率104%", True),
        ("好评率为101.5%", True),
        ("规范化管理率达103.6%", True),
        ("占用率略高于110%", False),
        ("小学毛入学率104%", False),
        ("拨备覆盖率180%", False),
        ("病床使用率105%", False),
        ("增长率120%", False),
    ],
)
def test_share_over_a_hundred_percent_is_found(text: str, found: bool) -> None:
    assert ("KC311" in codes(opening(f"全年{text}。"))) is found


def test_share_that_is_worked_out_cannot_be_over_a_hundred_percent_either() -> None:
    text = opening("占{{讲座|占比('活动')}}，{{活动}}。", "讲座: 24场\n活动: 12场")
    assert "KC311" in codes(text)
    assert "KC311" not in codes(text.replace("12场", "48场"))
    assert "KC311" in codes(opening("覆盖率达{{甲类}}。", "甲类: 104%"))


@pytest.mark.parametrize(
    "text", ["收入提高到{{收入}}，比上年增长5.2%。", "收入提高到{{收入}}、增长5.2%，位居前列。"]
)
def test_rise_that_tells_how_far_is_left_alone(text: str) -> None:
    assert "KC313" not in codes(opening(text, "收入: 3.2万元"))


def test_target_needs_no_base() -> None:
    text = HEAD + "打算: 比例提高到{{比例}}。\n指标: {比例: 10.4%}\n"
    assert "KC313" not in codes(text)
    assert "KC313" in codes(text.replace("打算", "结语"))


def test_rise_needs_its_base() -> None:
    text = "比例攀升至{{比例}}。"
    assert "KC313" in codes(opening(text, "比例: 10.4%"))
    assert "KC313" not in codes(opening(text, "比例: {数值: 10.4%, 上年: 9.8%}"))
    assert "KC313" not in codes(opening("比例由9.8%" + text, "比例: 10.4%"))


@pytest.mark.parametrize(("number", "found"), [("4", False), ("5", True), ("四", False)])
def test_list_and_its_count_agree(number: str, found: bool) -> None:
    assert ("KC315" in codes(opening(f"举办朗诵、书法、绘画、创作{number}场大赛。"))) is found


@pytest.mark.parametrize(
    "sentence",
    [
        "增强“四个意识”、坚定“四个自信”、做到“两个维护”。",
        "草业成为继奶业、玉米、肉羊之后第4个千亿级产业。",
        "争创产业园、产业集群、产业强镇各1个。",
        "“市县共建、一室一策”支持云溪、三江、吉光3个实验室运行。",
        "做强稻米、油料、果蔬、生猪、水产和林下经济6个产业。",
    ],
)
def test_number_that_counts_something_else_is_left_alone(sentence: str) -> None:
    assert "KC315" not in codes(opening(sentence))


def test_number_of_actions_agrees_with_the_sections() -> None:
    actions = "行动:\n  - {标题: 科普, 导语: 好。}\n  - {标题: 学术, 导语: 好。}\n"
    assert "KC316" in codes(opening("用“五大行动”发力。") + actions)
    assert "KC316" not in codes(opening("用“二大行动”发力。") + actions)


def test_mixed_hedges_are_found_where_the_rarer_one_stands() -> None:
    text = opening("{{甲}}{{乙}}{{丙}}。", "甲: 100余个\n乙: 20余场\n丙: 300多名")
    [problem] = [one for one in findings(text) if one.code == "KC317"]
    assert problem.place.line == 6


@pytest.mark.parametrize("name", ["云溪科协", "云溪市科技协会", "云溪县科协"])
def test_name_that_the_input_does_not_give_is_found(name: str) -> None:
    assert "KC403" in codes(opening(f"{name}扎实工作。"))


@pytest.mark.parametrize("name", ["云溪市科协", "市科协", "云溪市科学技术协会", "云溪市甘州区科协", "省科协"])
def test_right_names_are_left_alone(name: str) -> None:
    assert "KC403" not in codes(opening(f"{name}扎实工作。"))


UNION = "单位: {全称: 江州市工程师联合会, 简称: 江州工联会, 自称: 联合会, 地区: 江州}\n年度: 2025\n"
HOSPITAL = "单位: {全称: 临川县人民医院科学技术协会, 简称: 临川县人民医院科协}\n年度: 2025\n"
OFFICE = "单位: {全称: 清源县人民政府办公室, 简称: 清源县府办}\n年度: 2025\n"


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (UNION, "江州工程师联合会"),
        (UNION, "江州市工程联合会"),
        (UNION, "江州市工程师联合总会"),
        (UNION, "江州市工联会"),
        (HOSPITAL, "临川县医院科协"),
        (HOSPITAL, "临川人民医院科学技术协会"),
        (HOSPITAL, "临川县人民医院技术科学协会"),
        (HOSPITAL, "临川区人民医院科协"),
        (OFFICE, "清源县政府办公室"),
    ],
)
def test_name_of_any_organisation_is_written_in_one_way(head: str, name: str) -> None:
    assert "KC403" in codes(f"{head}开篇: |\n  {name}扎实工作。\n")


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (UNION, "江州市工程师联合会"),
        (UNION, "江州工联会"),
        (UNION, "江州市总工会"),
        (UNION, "江州市文学艺术界联合会"),
        (UNION, "江州重工"),
        (HOSPITAL, "临川县人民医院"),
        (HOSPITAL, "临川县中医院科协"),
        (HOSPITAL, "临川县科协"),
        (OFFICE, "清源县人民政府"),
        (OFFICE, "清源县人民政府办公室主任"),
        (HEAD.replace("云溪", "吉林"), "吉林省科协"),
    ],
)
def test_another_organisation_of_the_place_is_left_alone(head: str, name: str) -> None:
    assert "KC403" not in codes(f"{head}开篇: |\n  {name}扎实工作。\n")


def test_signatory_with_another_name_is_found() -> None:
    assert "KC403" in codes(opening("工作有序。") + "落款: {署名: 云溪科协}\n")


def test_date_of_another_year_is_found() -> None:
    text = opening("工作有序。") + "落款: {署名: 云溪市科协, 成文日期: %s}\n"
    assert "KC406" in codes(text % "2024-12-31")
    assert not codes(text % "2026-01-05")


def test_structure_of_the_body_is_checked() -> None:
    assert "KC407" in codes(HEAD + "正文: |\n  # 科普\n\n  ### 活动\n\n  工作有序。\n")
    assert not codes(HEAD + "正文: |\n  # 科普\n\n  ## 活动\n\n  - 工作**有序**。\n")
    assert "KC408" in codes(HEAD + "行动:\n  - {标题: 科普, 导语: 好。}\n  - {标题: 科普, 导语: 好。}\n")
    assert "KC409" in codes(HEAD + "行动:\n  - {标题: 科普}\n")


def test_printed_figure_counts_as_text_next_to_typed_marks() -> None:
    """10.4%,全省: the comma follows what a reference prints."""
    [problem] = findings(opening("比例{{比例}},全省领先。", "比例: 10.4%"))
    assert (problem.code, problem.place.column) == ("KC101", 11)


def test_two_years_are_compared() -> None:
    earlier = load(
        opening("建成全省首个科普主题公园，{{活动}}。", "活动: 268场").replace("2025", "2024"), "2024.yaml"
    )
    later = load(
        opening("建成全省首个科普主题公园，{{活动}}。", "活动: {数值: 312场, 上年: 286场}"), "2025.yaml"
    )
    assert {problem.code for problem in check_series([later, earlier])} == {"KC310", "KC320"}
    assert {problem.place.file for problem in check_series([later, earlier])} == {"2025.yaml"}
    assert check_series([later]) == ()


def test_lines_without_references_are_checked_too() -> None:
    text = opening("工作有序。") + "主送: 各县(区)科协\n联系: 电话:(0936)8214871\n"
    found = {(problem.code, problem.place.line) for problem in findings(text)}
    assert found == {("KC103", 6), ("KC101", 7), ("KC103", 7)}


def test_spaces_between_the_cells_of_a_table_are_no_finding() -> None:
    table = "正文: |\n  | 指标 | 完成 |\n  |---|---|\n  | 走访企业 | 多家 |\n"
    assert "KC104" not in codes(opening("全年工作进展顺利。") + table)


def test_the_space_after_a_caption_number_is_no_finding() -> None:
    assert "KC104" not in codes(opening("全年工作进展顺利。") + "正文: |\n  表1　主要指标完成情况\n")
