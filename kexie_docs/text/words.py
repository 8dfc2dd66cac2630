"""Words in a line of official Chinese: where they end, as far as a short list and a few patterns can tell.

No dictionary: one of 350,000 words takes a second to load. Titles of official documents are made of some
hundred words; what stands between them is mostly a name, and names end with 省, 市, 局 and their like.
"""

import re
from functools import cache
from itertools import pairwise

_PLACES = """
北京 天津 上海 重庆 河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 海南 四川
贵州 云南 陕西 甘肃 青海 台湾 内蒙古 广西 西藏 宁夏 新疆 香港 澳门 壮族 回族 维吾尔 藏族 彝族 苗族 土家族
蒙古族 哈萨克 朝鲜族 布依族 侗族 傣族 白族 羌族 瑶族 黎族 满族 长江 黄河 淮河 珠江 京津冀 粤港澳 长三角
大湾区 中国 中华人民共和国 全国 自治区 自治州 自治县 自治旗 特别行政区 开发区 示范区 新区 园区 保护区
试验区 高新区 经开区 兵团
"""
_BODIES = """
国务院 人民政府 政府 办公厅 办公室 委员会 管委会 管理委员会 常委会 常务委员会 人大 人民代表大会 政协 法院
检察院 人民法院 人民检察院 监察委员会 纪委 纪律检查委员会 组织部 宣传部 统战部 政法委 党委 党组 党支部
党总支 机关 机关党委 市委 省委 县委 区委 州委 旗委 工会 总工会 共青团 团委 妇联 妇女联合会 残联 残疾人
联合会 工商联 工商业联合会 红十字会 科协 科学技术协会 协会 学会 研究会 基金会 商会 理事会 监事会 领导小组
小组 专班 指挥部 工作组 工作专班 联席会议 代表大会 大会 全体会议 教育局 科学技术局 科技局 公安局 民政局
司法局 财政局 人社局 水利局 农业农村局 商务局 文旅局 卫健委 卫生健康 应急管理 审计局 国资委 统计局 医保局
医疗保障 信访局 气象局 税务局 邮政 海关 市场监督管理 市场监管 生态环境 自然资源 住房和城乡建设 城乡建设
交通运输 农业农村 文化和旅游 退役军人事务 发展和改革 发展改革 工业和信息化 人力资源和社会保障 人力资源
社会保障 乡村振兴 行政审批 知识产权 机关事务 档案馆 图书馆 博物馆 科技馆 科学技术馆 文化馆 体育馆 纪念馆
大学 学院 学校 中学 小学 中小学 中小学校 幼儿园 高校 高等学校 研究院 研究所 实验室 中心 医院 银行 公司 集团
企业 分行 支行 支队 大队 总队 事业单位 单位 部门 社区 街道 乡镇 园区 基地 站点 服务站 工作站 专家 院士
院士专家 教师 学生 职工 干部 党员 团员 共青团员 共产党员 人才 队伍 工人 农民 农民工 居民 村民 群众 代表
委员 候选人 成员 人员 青年 青少年 少年 儿童 未成年人 老年人 妇女 先进集体 先进个人 先进单位 先进 集体 个人
模范 标兵 先锋号 工作者 科技工作者 志愿者 消费者 劳动者 经营者 负责人 科学家 工程师 教授 博士 硕士 学位
博览
"""
_ACTS = """
关于 印发 转发 下发 发布 公布 通知 通报 报告 请示 批复 意见 决定 决议 公告 通告 公报 议案 函 纪要 命令 办法
规定 条例 细则 规则 规程 规范 标准 章程 制度 机制 体系 方案 计划 规划 纲要 规划纲要 要点 总结 工作总结
工作报告 工作要点 工作简报 简报 综述 汇报 答复 复函 说明 指南 清单 目录 名单 预案 应急预案 措施 若干措施
若干意见 若干规定 政策 政策措施 实施意见 实施方案 实施办法 实施细则 指导意见 行动计划 行动方案 行动
工作方案 管理办法 调研报告 审计报告 自查报告 述职报告 可行性 草案 试行 征求意见稿 修订 修改 废止 补充 暂行
开展 组织 举办 召开 做好 加强 改进 加快 推进 推动 促进 深化 深入 进一步 全面 切实 认真 扎实 持续 统筹 协调
落实 贯彻 贯彻落实 学习 学习贯彻 宣传 宣传贯彻 弘扬 实施 执行 推广 普及 提高 提升 提质 增效 提质增效 优化
完善 健全 建立 成立 设立 创建 建设 打造 构建 强化 整顿 整治 治理 综合治理 依法 依法治理 管理 监管 监督 监测
检查 督查 督导 巡察 巡视 巡查 排查 抽查 抽检 检验 检测 核查 审查 审核 审批 审议 审计 评估 评价 评审 评选
评比 评定 认定 考核 考评 绩效 绩效评价 自评 自查 验收 验证 调查 调研 调整 任命 免去 任免 聘任 授予 表彰
表扬 奖励 处分 处理 处置 处罚 推荐 申报 申请 报送 上报 征集 征求 公开 公示 招聘 录用 选拔 选派 选举 换届
培养 培训 培育 引进 引导 支持 扶持 资助 补助 补贴 发放 使用 分配 拨付 收集 归档 整理 编制 编纂 修编 制定
出台 启动 启用 停止 恢复 延期 变更 取消 撤销 合并 移交 划转 下放 承接 部署 安排 准备 筹备 参加 参与 协作
合作 联合 对接 服务 保障 保护 防范 防止 防治 防控 防御 预防 化解 应对 抗击 救助 救援 救灾 抗灾 抗旱 防汛
度汛 防火 走访 慰问 关爱 帮扶 帮助 解决 回应 办理 办结 受理 调解 稳定 扩大 巩固 拓展 壮大 激发 释放 保持
严格 严禁 禁止 限制 控制 减少 降低 减免 免费 开放 开发 利用 出租 出借 出让 转让 采购 招标 投标 拍卖 征收
拆迁 改造 改革 创新 创业 发展 转型 升级 转化 振兴 复兴 繁荣 建功 授权 委托 咨询 指导 指挥 领导 决策 协商
参考 讨论 研究 研讨 研发 攻关 攻坚 分析 预测 预警 预报 统计 普查 核算 结算 决算 预算 收入 支出 税收 收费
资金 经费 资产 投资 融资 贷款 集资 债务 价格 补偿 保险 养老 医疗 医药 药品 集中 带量 开工 竣工 运行 运营
运输 生产 经营 销售 消费 流通 供应 储备 取暖 供热 供水 供电 排放 排污 调度 作业 施工 设计 勘察 监理 配套
衔接 整合 共享 互联 联动 下沉 下乡 进校园 进社区 督办 催办 反馈 落地 见效
"""
_MATTERS = """
科学技术 工作 情况 活动 项目 工程 任务 目标 责任 责任制 主体责任 责任状 问题 建议 提案 议题 事项 事务 事业
业务 任期 期间 阶段 环节 领域 行业 产业 产业链 企业 经济 民营 民营经济 数字经济 数字 数字化 智能 智能化
人工智能 信息 信息化 网络 网络安全 数据 大数据 平台 系统 系统性 技术 科技 科学 科普 素质 科学素质 学术 学风
年会 论文 成果 奖章 奖项 竞赛 大赛 比赛 讲座 论坛 展览 机器人 教育 文化 艺术 体育 旅游 旅游业 广电 新闻
出版 影视 文物 遗产 非遗 卫生 健康 公共卫生 基本 公共 疫情 疫病 疫苗 动物 植物 食品 食品安全 安全 安全生产
消防 消防安全 火灾 隐患 事故 灾害 自然灾害 地质 地震 气象 天气 雪灾 旱灾 洪涝 生态 环境 环境保护 污染 大气
土壤 水源 水库 河流 流域 河湖 入河 排污口 排污 湿地 林业 草原 森林 农业 农村 农民 农产品 粮食 种植 养殖
畜牧 农牧 渔业 春耕 备耕 秋收 高标准农田 土地 耕地 城市 城乡 城镇 乡村 县域 小区 老旧小区 住房 房地产 物业
建筑 绿色 低碳 节能 能源 电力 煤炭 石油 交通 道路 公路 铁路 航空 港口 物流 邮政 市场 市场秩序 秩序 营商
营商环境 商务 贸易 外贸 外资 金融 银行 证券 税务 财政 审判 司法 法治 法治政府 法律 法规 普法 行政 执法
行政执法 刑事 民事 案件 诉讼 信访 治安 扫黑除恶 禁毒 反诈 政务 政务公开 政务服务 一网通办 放管服 党建 党风
廉政 党风廉政 作风 纪律 意识形态 思想 思想政治 政治 理论 主题 主题教育 精神 精神文明 文明 道德 志愿 公益
慈善 社会 社团 社区 民生 就业 创业 劳动 工资 社保 养老 医保 救助 最低 生活 低保 贫困 脱贫 脱贫攻坚 优抚
退役 军人 双拥 国防 征兵 人防 民兵 统战 民族 宗教 侨务 港澳台 外事 对外 国际 国内 国家 地方 地区 区域 中央
省级 市级 县级 基层 上级 下级 各级 有关 相关 重点 重大 重要 主要 关键 核心 专项 专题 专业 特色 优秀 优质
普惠 普惠性 群众性 社会性 经常性 长效 常态化 一体化 现代化 标准化 规范化 制度化 高质量 高质量发展 高水平
新时代 新质生产力 生产力 新发展 新型 新兴 传统 综合 全省 全市 全县 全区 全州 全旗 全民 全域 全体 全年 年度
上半年 下半年 季度 第一季度 第二季度 第三季度 第四季度 月份 春季 夏季 秋季 冬季 春节 元旦 清明 五一 端午
中秋 国庆 假期 黄金周 寒假 暑假 汛期 假日 节日 紧急 应急 日常 临时 长期 近期 三年 五年 中长期 十四五 十五五
讲话 重要讲话 总书记 会议 全会 习近平 党中央 二十大 二十届 四中全会 三中全会 一中全会 二中全会 五中全会
六中全会 社会主义 共同富裕 中国特色 强国 强省 强市 试点 示范 样板 标杆 品牌 赋能 搭台 聚智 引领 驱动 活力
动力 能力 水平 质量 效益 效率 作用 优势 潜力 方式 方法 模式 路径 途径 举措 条件 基础 设施 设备 基础设施
装备 物资 资源 资料 材料 文件 档案 证书 证照 印章 票据 车辆 用车 用地 场所 场地 无障碍 人口 老龄化 生育
婚姻 家庭 儿童 权益 权利 义务 诚信 信用 保密 机要 密码 值班 值守 接待 会务 后勤 车改 小微 小微企业 大中型
高层 人工影响天气 科普大篷车 大篷车 科技小院 科普日 组织生活会 述职 履职 履约 巾帼 建功 劳模 工匠 三农 双减
双随机 互联网 物联网 区块链
"""
_SMALL = "的和与及暨或在对向从为将并等各本以按由至到中后前内外上下第年月日一二三四五六七八九十"
"""Characters that are words of their own."""

_ALONE = frozenset(_SMALL)

_HAN = "[\u4e00-\u9fff]+"
# A place's name behind what it may follow: up to four characters and what such names end with.
_NAME = (
    "(?:(?<=^)|(?<=[\\s、《“（〈省市州区县盟旗镇共在对和与及于]))"
    "[\u4e00-\u9fff]{1,4}?(?:自治[区州县旗]|新区|街道|州[市区县]|[省市县区州盟旗镇乡村])"
)
_NOT_OF_A_NAME = frozenset("的和与及各全本于在对")
_OFFICES = frozenset("局厅委办部院所站馆处科组会")
_ENDS_OF_NAMES = _OFFICES | frozenset("省市县区州盟旗镇乡村")


@cache
def _words() -> tuple[frozenset[str], int]:
    """Return the words and the length of the longest; made for the first title that needs lines."""
    words = frozenset(f"{_PLACES} {_BODIES} {_ACTS} {_MATTERS}".split())
    return words, max(map(len, words))


def word_edges(text: str) -> dict[int, bool]:
    """Return where words of the Han stretches of a text begin, but their first ones.

    True where a word of the list or a name ends or begins there; False inside what the list does not know: a
    break there may fall inside a word. Places that are not among the keys lie inside known words.
    """
    edges: dict[int, bool] = {}
    for stretch in re.finditer(_HAN, text):
        start, stop = stretch.span()
        tokens = _tokens(text, start, stop)
        for (_, _, before), (begin, _, after) in pairwise(tokens):
            edges[begin] = before or after
    return edges


@cache
def _name() -> re.Pattern[str]:
    return re.compile(_NAME)


def _tokens(text: str, start: int, stop: int) -> list[tuple[int, int, bool]]:
    """Return the fewest pieces that the stretch can be cut into: start, stop, whether it is known."""
    words, longest = _words()
    names = {
        match.start(): match.end() for match in _name().finditer(text, start, stop) if _is_name(match[0])
    }
    # From each place on: the cost of the rest, and the piece that begins there.
    best: dict[int, tuple[float, int, bool]] = {stop: (0.0, stop, True)}
    for place in range(stop - 1, start - 1, -1):
        choices = [(_UNKNOWN + best[place + 1][0], place + 1, text[place] in _ALONE)]
        if text[place] in _ALONE:
            choices = [(_SINGLE + best[place + 1][0], place + 1, True)]
        for length in range(2, min(longest, stop - place) + 1):
            if text[place : place + length] in words:
                choices.append((_KNOWN + best[place + length][0], place + length, True))
        if place in names and names[place] <= stop:
            choices.append((_NAMED + best[names[place]][0], names[place], True))
        best[place] = min(choices, key=lambda choice: choice[0])
    tokens: list[tuple[int, int, bool]] = []
    while start < stop:
        _, end, known = best[start]
        if tokens and not known and text[start] in (_OFFICES if tokens[-1][2] else _ENDS_OF_NAMES):
            # Such an end belongs to what stands before it: 执法|局, 张掖|市.
            tokens[-1] = (tokens[-1][0], end, tokens[-1][2])
        else:
            tokens.append((start, end, known))
        start = end
    return tokens


_KNOWN, _NAMED, _SINGLE, _UNKNOWN = 1.0, 1.2, 1.1, 1.6
"""Costs of a piece; the longest known words win."""


def _is_name(text: str) -> bool:
    return len(text) > 1 and _NOT_OF_A_NAME.isdisjoint(text)
