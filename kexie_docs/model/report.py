"""The model of an input: what an association did in a year, and how it wants to say so.

Keys are Chinese because clerks read them; every key has an English alias, the field's name.
The same model holds a summary in the association's own voice and a press release: which parts
are given differs, not the kind of value.
"""

from datetime import date
from typing import Annotated, Any, ClassVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    WithJsonSchema,
    model_validator,
)

from kexie_docs.figures.quantity import Quantity
from kexie_docs.model.coerce import (
    HEDGE_KEYS,
    UNIT_KEYS,
    issue_date,
    line,
    lines,
    metric_fields,
    quantity,
    template_name,
    year,
)
from kexie_docs.model.fixed_names import fixed_name
from kexie_docs.model.issues import IssueError
from kexie_docs.model.made import Made
from kexie_docs.model.official import (
    DEFAULT_SEAL_WIDTH,
    DEFAULT_STAMP_WIDTH,
    Picture,
    base_input,
    classification,
    copy_number,
    document_number,
    empty_attachment,
    period_alone,
    picture,
    printed_width,
    seal_twice,
    secrecy_period,
    stamp_alone,
    stamp_and_seal,
    table_of,
    urgency,
    yes_no,
)
from kexie_docs.model.plain import is_blank
from kexie_docs.model.references import body_text, extra_text, prose, prose_line
from kexie_docs.model.text import ProseText
from kexie_docs.units import Twips

# What an editor may take an unquoted value for: 0936 is a number to it, and text to us.
_TEXT = {"type": ["string", "number"]}

Line = Annotated[str, BeforeValidator(line), WithJsonSchema(_TEXT)]
"""One line of text, no references."""

Prose = Annotated[ProseText, Made(prose), WithJsonSchema(_TEXT)]
"""Text with references; each line is a paragraph."""

ProseLine = Annotated[ProseText, Made(prose_line), WithJsonSchema(_TEXT)]
"""One line of text with references."""

Body = Annotated[ProseText, Made(body_text), WithJsonSchema(_TEXT)]
"""Markdown with references."""

Amount = Annotated[Quantity, Made(quantity), WithJsonSchema(_TEXT)]
"""A figure as people write it: 300余场, 超10万人次, 10.4%, 第十六届."""

_ONE_OR_SEVERAL = WithJsonSchema({"anyOf": [{"type": "array", "items": _TEXT}, _TEXT]})

Lines = Annotated[list[Line], BeforeValidator(lines), _ONE_OR_SEVERAL]
"""Lines of text, one or several."""

Names = Annotated[
    list[Annotated[str, BeforeValidator(fixed_name), WithJsonSchema(_TEXT)]],
    BeforeValidator(lines),
    _ONE_OR_SEVERAL,
]
"""Names whose digits are no figures, one or several."""

ProseLines = Annotated[list[ProseLine], BeforeValidator(lines), _ONE_OR_SEVERAL]
"""Lines of text with references, one or several."""


Extra = dict[str, Annotated[ProseText | list[ProseText], Made(extra_text), _ONE_OR_SEVERAL]]
"""Texts with references by a name of the template's own; each is prose, or a list of lines."""


Day = Annotated[
    date,
    BeforeValidator(issue_date),
    WithJsonSchema(
        {
            "type": "string",
            "pattern": "^\\s*[0-9]{4}([-/.][0-9]{1,2}[-/.][0-9]{1,2}|年[0-9]{1,2}月[0-9]{1,2}日)\\s*$",
        }
    ),
]
"""A day, such as 2025-12-31."""

Year = Annotated[
    int,
    BeforeValidator(year),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "integer", "minimum": 1000, "maximum": 2999},
                {"type": "string", "pattern": "^\\s*[12][0-9]{3}\\s*$"},
            ]
        }
    ),
]
"""A year of four digits."""

YesNo = Annotated[
    bool,
    BeforeValidator(yes_no),
    WithJsonSchema({"anyOf": [{"type": "boolean"}, {"enum": ["是", "否"]}]}),
]
"""是 or 否."""

DocumentNumber = Annotated[
    str,
    BeforeValidator(document_number),
    WithJsonSchema({"type": "string", "pattern": "〔[12][0-9]{3}〕[1-9][0-9]*号\\s*$"}),
]
"""发文字号 (GB/T 9704 7.2.5), such as 张科协发〔2025〕12号."""

CopyNumber = Annotated[
    str,
    BeforeValidator(copy_number),
    WithJsonSchema({"type": ["string", "number"]}),
]
"""份号 (7.2.1): six digits."""

Classification = Annotated[
    str, BeforeValidator(classification), WithJsonSchema({"enum": ["绝密", "机密", "秘密"]})
]
"""密级 (7.2.2)."""

SecrecyPeriod = Annotated[str, BeforeValidator(secrecy_period), WithJsonSchema({"type": "string"})]
"""保密期限 (7.2.2): 1年, 6个月 or 长期."""

Urgency = Annotated[str, BeforeValidator(urgency), WithJsonSchema({"enum": ["特急", "加急", "特提", "平急"]})]
"""紧急程度 (7.2.3)."""

PictureFile = Annotated[Picture, Made(picture), WithJsonSchema({"type": "string"})]
"""A PNG or JPEG file, by its path from the input's folder."""

Width = Annotated[Twips, Made(printed_width), WithJsonSchema({"type": "string"})]
"""A printed width, such as 42mm."""

InputName = Annotated[str, BeforeValidator(base_input), WithJsonSchema({"type": "string"})]
"""Another input, by its path from this one's folder."""

TemplateName = Annotated[str, BeforeValidator(template_name), WithJsonSchema({"type": "string"})]
"""Name of a template."""


TableOf = Annotated[str, BeforeValidator(table_of), WithJsonSchema({"enum": ["指标"]})]
"""What an attachment's table is of: the metrics of the document."""


class Part(BaseModel):
    """Base of all parts: frozen, no unknown keys, Chinese key or English name.

    A key without a value, or with nothing but white space, counts as not given.
    """

    model_config = ConfigDict(
        frozen=True,
        # Each part would otherwise be built again inside every part that holds it, at every start.
        defer_build=True,
        extra="forbid",
        validate_by_name=True,
        validate_by_alias=True,
        arbitrary_types_allowed=True,
        field_title_generator=lambda name, info: info.alias or name,
    )

    folded_keys: ClassVar[dict[str, str]] = {}
    """English to Chinese name of keys that are no fields of their own but say something of one."""

    @model_validator(mode="before")
    @classmethod
    def _drop_blank(cls, value: Any) -> Any:
        if isinstance(value, dict):
            return {key: item for key, item in value.items() if not is_blank(item)}
        return value


class Organization(Part):
    """The association, in the forms in which its name is printed."""

    full_name: Line = Field(alias="全称", description="全称，例如：张掖市科学技术协会")
    short_name: Line | None = Field(None, alias="简称", description="简称，例如：张掖市科协")
    self_name: Line | None = Field(None, alias="自称", description="正文中的自称，例如：市科协")
    region: Line | None = Field(None, alias="地区", description="所在地区，例如：张掖")


class Metric(Part):
    """One figure of the year with what is known about it."""

    folded_keys: ClassVar[dict[str, str]] = {UNIT_KEYS[1]: UNIT_KEYS[0], HEDGE_KEYS[1]: HEDGE_KEYS[0]}

    quantity: Amount = Field(alias="数值", description="数值，例如：18个、300余场、741万元")
    previous: Amount | None = Field(None, alias="上年", description="上年数值")
    target: Amount | None = Field(None, alias="目标", description="目标数值")
    breakdown: dict[str, Amount] = Field({}, alias="分项", description="分项，名称: 数；加起来应等于数值")
    earlier: Amount | None = Field(None, alias="往年累计", description="到上年底的累计数，供“累计”使用")
    period: Line | None = Field(None, alias="期间", description="统计期间，例如：1—11月；不写就是全年")
    source: Line | None = Field(None, alias="来源", description="数据来源，例如：科普部")


Metrics = dict[str, Annotated[Metric, BeforeValidator(metric_fields)]]
"""Metrics by name; each is written as a figure (300余场) or as a map of fields."""


class Measure(Part):
    """A measure (措施): what was done and what came of it."""

    point: ProseLine | None = Field(None, alias="要点", description="要点，一个短语，段首")
    metrics: Metrics = Field({}, alias="指标", description="本条措施的指标")
    text: Prose = Field(alias="内容", description="内容，可引用指标：{{指标名}}")


class Action(Part):
    """An action (行动): a heading and what stands below it."""

    title: ProseLine = Field(alias="标题", description="小标题")
    lead: Prose | None = Field(None, alias="导语", description="导语，小标题下的首段")
    metrics: Metrics = Field({}, alias="指标", description="本项行动的指标")
    measures: list[Measure] = Field([], alias="措施", description="措施")


class Dateline(Part):
    """Dateline of a press release (电头): where it comes from and who wrote it."""

    outlet: Line | None = Field(None, alias="媒体", description="媒体名称，例如：庆阳网")
    place: Line | None = Field(None, alias="地点", description="发稿地点")
    bureau: Line | None = Field(None, alias="供稿", description="记者所在单位，例如：庆阳融媒")
    reporter: Line | None = Field(None, alias="记者", description="记者姓名")


class Seal(Part):
    """The seal over the signature (7.3.5.1): a picture that the user supplies."""

    image: PictureFile = Field(alias="图片", description="印章图片，PNG 或 JPEG，相对于本文件的路径")
    width: Width = Field(DEFAULT_SEAL_WIDTH, alias="宽", description="印在纸上的宽度，例如：42mm")


class SignatureStamp(Part):
    """The stamp of the signatory's name (签名章, 7.3.5.3): a picture that the user supplies."""

    image: PictureFile = Field(alias="图片", description="签名章图片，PNG 或 JPEG，相对于本文件的路径")
    width: Width = Field(DEFAULT_STAMP_WIDTH, alias="宽", description="印在纸上的宽度，例如：30mm")


class Signatory(Part):
    """A signing authority; of a joint document each may have a seal of its own (7.3.5.1).

    A name alone stands for its 名称.
    """

    name: Line = Field(alias="名称", description="署名，例如：张掖市科学技术协会")
    seal: Seal | None = Field(None, alias="印章", description="联合行文时这一机关的印章")

    @model_validator(mode="before")
    @classmethod
    def _name_alone(cls, value: Any) -> Any:
        return {"名称": value} if isinstance(value, str) else value


Signatories = Annotated[list[Signatory], BeforeValidator(lines)]
"""Signing authorities, one or several; each is written as a name or as a map of fields."""


class Signature(Part):
    """Signing authority and date of issue (落款)."""

    signatories: Signatories = Field([], alias="署名", description="署名，一个或几个；联合行文可各带印章")
    issue_date: Day | None = Field(None, alias="成文日期", description="成文日期，例如：2025-12-31")
    seal: Seal | None = Field(None, alias="印章", description="印章图片；不写就不加盖印章")
    post: Line | None = Field(None, alias="职务", description="签发人职务，印在签名章左侧，例如：主席")
    stamp: SignatureStamp | None = Field(
        None, alias="签名章", description="签发人签名章图片；写了就不再印署名和印章"
    )

    @model_validator(mode="after")
    def _stamp_with_post(self) -> "Signature":
        seals = [one for one in self.signatories if one.seal]
        if self.stamp and (self.seal or seals):
            raise IssueError(stamp_and_seal())
        if self.seal and seals:
            raise IssueError(seal_twice())
        if self.stamp and not self.post:
            raise IssueError(stamp_alone("签名章", "职务"))
        if self.post and not self.stamp:
            raise IssueError(stamp_alone("职务", "签名章"))
        return self


class Letterhead(Part):
    """版头 (7.2): what stands above the red rule of an official document, or heads a bulletin."""

    marks: Lines = Field(
        [],
        alias="发文机关标志",
        description="发文机关标志，一个；联合行文时几个，主办机关在前",
    )
    mark_suffix: Line | None = Field(
        None, alias="标志后缀", description="联合行文时排在各机关右侧的字，例如：文件"
    )
    number: DocumentNumber | None = Field(
        None, alias="发文字号", description="发文字号，例如：张科协发〔2025〕12号"
    )
    signatories: Lines = Field([], alias="签发人", description="签发人，一个或几个（上行文）")
    copy_number: CopyNumber | None = Field(None, alias="份号", description="份号，六位数字")
    classification: Classification | None = Field(None, alias="密级", description="密级：绝密、机密、秘密")
    secrecy_period: SecrecyPeriod | None = Field(
        None, alias="保密期限", description="保密期限，例如：1年、6个月、长期"
    )
    urgency: Urgency | None = Field(None, alias="紧急程度", description="紧急程度：特急、加急")
    bulletin_name: Line | None = Field(None, alias="简报名称", description="简报名称，例如：科协工作简报")
    issue: Line | None = Field(None, alias="期号", description="简报期号，例如：第1期")
    editor: Line | None = Field(None, alias="编印单位", description="简报编印单位")
    edited_on: Day | None = Field(None, alias="编印日期", description="简报编印日期，例如：2025-12-31")

    @model_validator(mode="after")
    def _period_of_what(self) -> "Letterhead":
        if self.secrecy_period and not self.classification:
            raise IssueError(period_alone())
        return self


class Attachment(Part):
    """An attachment (附件, 7.3.7): on pages of its own after the signature."""

    title: ProseLine = Field(alias="标题", description="附件标题，也印在附件说明里")
    body: Body | None = Field(None, alias="正文", description="附件正文，Markdown，可以有表格")
    table: TableOf | None = Field(None, alias="表", description="写“指标”：自动印出全部指标的表")

    @model_validator(mode="after")
    def _something_to_print(self) -> "Attachment":
        if self.body is None and self.table is None:
            raise IssueError(empty_attachment())
        return self


class Imprint(Part):
    """版记 (7.4): who receives copies, who printed it and when."""

    addressees: Lines = Field([], alias="主送", description="移到版记的主送机关（主送机关过多时，7.3.2）")
    report_to: Lines = Field([], alias="报", description="简报：报哪些机关和领导")
    send_to: Lines = Field([], alias="送", description="简报：送哪些单位")
    copies_to: Lines = Field([], alias="抄送", description="抄送机关")
    printed_by: Line | None = Field(None, alias="印发机关", description="印发机关")
    printed_on: Day | None = Field(None, alias="印发日期", description="印发日期，例如：2025-12-31")
    even_page: YesNo = Field(False, alias="偶数页", description="双面印刷时是否排在偶数页：是、否")


class Report(Part):
    """One input: the facts of a year and the texts around them."""

    inherits: InputName | None = Field(
        None, alias="沿用", description="沿用的另一个输入文件；本文件只写不同之处"
    )
    template: TemplateName = Field(
        "summary",
        alias="模板",
        description="模板名，例如：summary（工作总结）、report（工作报告）、bulletin（工作简报）、press（新闻通稿）、minutes（会议纪要）",
    )
    organization: Organization = Field(alias="单位", description="单位")
    year: Year = Field(alias="年度", description="年度，四位数字")
    title: ProseLine | None = Field(None, alias="标题", description="标题；| 表示可以换行的位置")
    addressees: Lines = Field([], alias="主送", description="主送机关")
    dateline: Dateline | None = Field(None, alias="电头", description="新闻稿电头")
    metrics: Metrics = Field({}, alias="指标", description="全篇的指标")
    opening: Prose | None = Field(None, alias="开篇", description="开篇，每行一段")
    actions: list[Action] = Field([], alias="行动", description="行动")
    problems: Prose | None = Field(None, alias="问题", description="存在的问题")
    plans: Prose | None = Field(None, alias="打算", description="下一步打算")
    closing: Prose | None = Field(None, alias="结语", description="结语")
    body: Body | None = Field(None, alias="正文", description="正文，Markdown：# 至 #### 为一至四级标题")
    letterhead: Letterhead | None = Field(None, alias="版头", description="版头：红头文件和简报的头部")
    attachments: list[Attachment] = Field([], alias="附件", description="附件")
    signature: Signature | None = Field(None, alias="落款", description="落款")
    note: ProseLine | None = Field(None, alias="附注", description="附注，印在成文日期下面的圆括号里")
    imprint: Imprint | None = Field(None, alias="版记", description="版记：抄送机关、印发机关和印发日期")
    contact: ProseLines = Field([], alias="联系", description="联系方式，每项一行")
    extra: Extra = Field(
        {}, alias="附加", description="模板自己要的内容，名称: 文字或一列文字，例如纪要的出席"
    )
    fixed_names: Names = Field([], alias="固定名称", description="名称里的数字不是指标，例如：百村千户行动")

    def all_metrics(self) -> dict[str, Metric]:
        """Return every metric of the document by its name, which is unique in a valid report."""
        result = dict(self.metrics)
        for action in self.actions:
            result |= action.metrics
            for measure in action.measures:
                result |= measure.metrics
        return result


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema of an input, with Chinese keys and descriptions, for editors."""
    # `schema` reads the classes above.
    from kexie_docs.model.schema import json_schema as schema_of_report

    return schema_of_report()
