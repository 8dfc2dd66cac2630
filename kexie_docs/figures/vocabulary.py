"""Words that finding figures in running text needs: measure words, and numerals that count nothing."""


def _words(text: str) -> tuple[str, ...]:
    """Return words longest first, as an alternation must try them."""
    return tuple(sorted(set(text.split()), key=lambda word: (-len(word), word)))


HANS_COUNTERS = _words(
    "个 项 家 场 次 名 位 人 期 届 篇 所 支 件 部 种 类 条 批 处 座 间 台 套 辆 册 本 份 张 枚 块 只 户 "
    "村 节 组 队 笔 起 宗 轮 幅 版 棵 株 艘 架 例 款 集 人次 场次 项次 家次 户次 批次 件次 篇次 车次 架次 "
    "班次 台次 辆次 期次 人天 台套 件套 个百分点 百分点 个小时 个工作日"
)
"""Measure words that make a figure of Chinese numerals and digits alike."""

COUNTERS = _words(
    " ".join(HANS_COUNTERS)
    + " 封 面 头 匹 粒 口 站 店 列 桩 门 课 堂 讲 班 团 对 双 副 串 排 行 栏 段 章 词条"
)
"""Measure words that count things and people; each makes a figure of digits before it."""

MEASURES = _words(
    "元 角 美元 欧元 英镑 日元 港元 港币 卢布 公里 千米 米 厘米 毫米 平方公里 平方千米 平方米 立方米 亩 "
    "公顷 公斤 千克 克 吨 升 毫升 千瓦 千瓦时 兆瓦 度 摄氏度 天 小时 分钟 秒 学时 课时 个月 周 年 岁 倍 "
    "分 字 页 卷 km kg cm mm km² m² ㎡ ℃ GB TB MB kW kWh MW % ‰"
)
"""Units of money, size, time and the like; after digits they make a figure."""

HANS_MEASURES = _words("元 美元 公里 平方公里 平方米 立方米 亩 公顷 公斤 吨 小时 个月 个百分点 大 倍 天")
"""Units that make a figure of Chinese numerals too; others there are idiom (千里, 百尺竿, 三分)."""

LONG_HANS_COUNTERS = _words("门 封 对 堂 讲 学时 课时 分钟 头 匹 站 团 章 列 千米 厘米 粒 排 栏 段")
"""Words that make a figure of Chinese numerals of several characters only: 十二门, but not 一门心思."""

NOT_BEFORE = {
    "约": "签节契公条预合违特大制简隐邀",  # 节约3万元, 签约2家
    "近": "附最临靠邻亲",  # 附近3个村, 最近3年
    "超": "赶反",  # 赶超10个县
}
"""Characters after which a hedge is the end of another word."""

WORKS = (
    *_words(
        "机场 电厂 电站 核电 风电 光伏 港区 园区 校区 院区 小区 公园 乐园 广场 水库 灌区 灌溉 中心 大学 医院"
    ),
    *_words("基地 项目 工程 改造 扩建 加固 储能 存储 枢纽 隧道 地铁 号线 大桥 大厦 厂房 场馆 体育馆 科技馆"),
    *_words("展览馆 博物馆 图书馆 实验室"),
)
"""What is built in phases: 机场三期 is no count."""

POLICY_NAMES = _words(
    "两个确立 两个维护 两个结合 两个大局 两个先行 两个毫不动摇 两个一百年 两手抓 两不愁三保障 两学一做 "
    "两新组织 两新 两山 两会 两岸 两优一先 两癌 两免一补 两弹一星 三个代表 三个务必 三严三实 三会一课 "
    "三重一大 三下乡 三农 三区三州 三北 三公经费 三公 三全育人 三孩 三资 三支一扶 三甲 三包 三通一平 "
    "三级联动 四个意识 四个自信 四个全面 四个伟大 四个面向 四个服务 四个之家 四大班子 四套班子 四史 四风 "
    "四好 四下基层 五位一体 五个一工程 五个一 五好 五育并举 六稳 六保 八项规定 九三学社 十四五 十五五 "
    "十三五 十二五 十大 百年未有之大变局 千人计划 万人计划 一带一路 一国两制 一网通办 一站式 双一流 双碳 "
    "双减 双创"
)
"""Policies, campaigns and bodies whose names hold a number; they count nothing here."""

IDIOMS = _words(
    "百花齐放 百家争鸣 百尺竿头 百年大计 百废待兴 百分之百 千方百计 千家万户 千行百业 千头万绪 千载难逢 "
    "千古 千秋 千里 千钧 千山万水 千军万马 千言万语 千差万别 千丝万缕 千锤百炼 千变万化 成百上千 成千上万 "
    "万里 万众一心 万无一失 万紫千红 万象更新 万事 万物 万一 万家灯火 万人空巷 万分 五湖四海 "
    "四面八方 四通八达 四季 三心二意 三番五次 三思 两全其美 两翼 六神无主 七上八下 八面玲珑 九牛一毛 "
    "二十四节气 零部件 零件 三天两头 "
    "十全十美 十分 十足 再三 一五一十 三令五申 举一反三 接二连三 丢三落四 推三阻四 独一无二 两手 两侧 "
    "两地 两者 两级 两委 三者 四周 四海 四方 五谷 五彩 七彩 八方 九州 十指"
)
"""Set phrases whose numerals count nothing, and adverbs that only look like numerals."""

PLACES_WITH_NUMERALS = _words(
    "五家渠 三台县 九台区 七台河 五台山 五台县 三门峡 三元区 三门县 五大连池 六枝 九江 九寨 三亚 三明 "
    "三河 三原 四川 四平 四会 五常 五指山 六安 六盘水 六合 七里河 八里庄 八宿 百色 千阳 千岛湖 万州 万宁 "
    "万年县 万载 十堰 两当 十万大山"
)
"""Places that a numeral begins and a measure word may seem to follow."""
