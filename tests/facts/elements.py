"""The words by which the elements of each measured document are found."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Elements:
    """Words of one input, as printed, blanks left out; "" where it lacks the element.

    Attributes:
        title: all of it.
        body: the beginning of a body paragraph, long enough for three lines.
        addressee: with its colon.
        signature: the name under the text.
        date: of issue.
        note: in its brackets.
        attachments: their names.
        copy_number: six digits.
        secrecy: classification and period.
        urgency: in two characters.
        number: of the document.
        signatories: names.
        sealed: names of a joint document that have seals of their own.
        table_headers: first rows of its tables.
        table_rows: rows of the longer one, in order.
    """

    title: str = ""
    body: str = ""
    addressee: str = ""
    signature: str = ""
    date: str = ""
    note: str = ""
    attachments: tuple[str, ...] = ()
    copy_number: str = ""
    secrecy: str = ""
    urgency: str = ""
    number: str = ""
    signatories: tuple[str, ...] = ()
    sealed: tuple[str, ...] = ()
    table_headers: tuple[str, ...] = ()
    table_rows: tuple[str, ...] = ()


ELEMENTS = {
    "zhangye-2025": Elements(
        title="张掖市科学技术协会2025年工作总结",
        body="征程万里风正劲，使命千钧再奋蹄。2025年，张掖市科协以奋斗为笔、以创新为墨，在高质量发展的时代画卷上",
        signature="张掖市科学技术协会",
        date="2025年12月31日",
    ),
    "qingyang-2024": Elements(
        title="聚智搭台品牌赋能创新驱动庆阳市科协2024年工作综述",
        body="庆阳网讯（庆阳融媒记者张静）在86所中小学校成功举办科技展示活动，行程累计达到3.8万公里，惠及师生9.2万人；",
    ),
    "upward": Elements(
        title="云溪市科学技术协会关于2025年度全民科学素质工作情况的报告",
        addressee="中共云溪市委、云溪市人民政府：",
        body="2025年以来，市科协在市委、市政府的坚强领导和省科协的精心指导下，认真履行为科技工作者服务、为创新驱动发展服务、",
        signature="云溪市科学技术协会",
        date="2025年12月5日",
        note="（联系人：王晓，电话：0999-8200001）",
        attachments=(
            "2025年度全民科学素质工作主要指标完成情况统计表和分县（市、区）科普活动开展情况一览表",
            "2025年度全民科学素质工作先进集体名单",
        ),
        copy_number="000012",
        secrecy="机密★1年",
        urgency="特急",
        number="云科协发〔2025〕12号",
        signatories=("李明远", "赵清和"),
        table_headers=("指标单位目标完成", "序号单位得分"),
        table_rows=("1东川区科学技术协会98.5", "2西河县科学技术协会97.0", "30云溪市园林科学研究所83.0"),
    ),
    "sealed": Elements(
        title="云溪市科学技术协会关于表扬2025年度全民科学素质工作先进集体的通报",
        addressee="各县（区）科学技术协会、市级各学会、协会、研究会、各高等学校科学技术协会、各企业科学技术协会：",
        body="2025年以来，全市各级科协组织和广大科技工作者认真贯彻落实全民科学素质行动规划纲要，积极开展群众性、社会性、",
        signature="云溪市科学技术协会",
        date="2025年11月28日",
        attachments=("2025年度全民科学素质工作先进集体名单",),
        number="云科协发〔2025〕8号",
    ),
    "landscape": Elements(
        title="关于2025年科普活动开展情况的报告",
        number="云科协发〔2025〕10号",
        signatories=("李明远",),
        table_rows=("表1", "投入经费", "东川区", "西河县", "南岭县", "北原县"),
    ),
    "moved": Elements(
        title="关于2025年重点工作完成情况的报告",
        signature="云溪市科协",
        date="2025年12月15日",
        number="云科协发〔2025〕11号",
        signatories=("李明远", "赵清和", "孙立"),
        secrecy="秘密",
        urgency="加急",
    ),
    "stamped": Elements(
        title="关于聘任科普专家的决定",
        signature="主席",
        date="2025年10月9日",
        number="云科协发〔2025〕7号",
    ),
    "joint_seals": Elements(
        title="关于联合表扬2025年度科普工作先进集体的通报",
        date="2025年11月28日",
        number="云科协发〔2025〕13号",
        sealed=("云溪市科协", "云溪市教育局", "市科技局", "市生态环境局", "市林草局"),
    ),
    "joint_seals_wide": Elements(
        title="关于联合开展科技活动周的通知",
        date="2025年5月9日",
        number="云科协发〔2025〕5号",
        sealed=("云溪市科学技术协会", "云溪市精神文明建设办公室", "云溪市教育局"),
    ),
    "joint": Elements(title="关于联合开展科普活动的通知", number="云科协发〔2025〕9号"),
}
"""By the name of the input."""
