"""Which fonts serve which role, best first: office fonts, then open fonts that anyone may install.

GB/T 9704-2012 names typefaces (小标宋, 仿宋, 黑体, 楷体, 宋体), not products. A font is told by the names
inside its file; the name of the file only says which files are worth opening.
"""

import re
from functools import cache

from kexie_docs.errors import Message, message
from kexie_docs.frozen import dataclass
from kexie_docs.style.sheet import FontRole

MICROSOFT = message("Microsoft; comes with Windows or Office")
FOUNDER = message("Founder (方正); office use needs a licence from Founder")
SINOTYPE = message("SinoType (华文); comes with Windows, Office or macOS")
CESI = message("CESI (电子标准院); comes with UOS and Kylin")
FANDOL = message("open: GPL 3 with font exception")
OFL = message("open: SIL Open Font License 1.1")

_SEPARATORS = re.compile(r"[\s_.\-]+")


@dataclass(frozen=True, slots=True)
class Candidate:
    """One font that can serve a role.

    Attributes:
        name: how people call it, for messages.
        names: what the file calls itself: PostScript name, full name, or family name of a regular face.
        files: usual file names without suffix, where they differ from ``names``.
        licence: whose it is and on what terms.
        open: whether anyone may install it free of charge.
    """

    name: str
    names: tuple[str, ...]
    files: tuple[str, ...]
    licence: Message
    open: bool = False

    @property
    def name_keys(self) -> frozenset[str]:
        """Keys of the names that the file must call itself."""
        return frozenset(name_key(name) for name in (self.name, *self.names))

    @property
    def file_keys(self) -> frozenset[str]:
        """Keys of the file names that are worth opening."""
        return self.name_keys | {name_key(file) for file in self.files}


@cache
def name_key(name: str) -> str:
    """Return a font or file name in the form in which two spellings of one name are equal."""
    return _SEPARATORS.sub("", name.casefold())


def _chinese_standard(code: str, name: str) -> tuple[Candidate, ...]:
    # The CESI fonts come in three character sets; the largest has the fewest gaps.
    return tuple(
        Candidate(f"CESI{name}-{charset}", (f"CESI_{code}_{charset}", f"GB_{code}_{charset}"), (), CESI)
        for charset in ("GB18030", "GB13000", "GB2312")
    )


_NOTO_SERIF = (
    Candidate(
        "Noto Serif CJK SC",
        ("NotoSerifCJKsc-Regular",),
        ("NotoSerifCJK-Regular", "NotoSerifCJK", "NotoSerifCJKsc-Regular"),
        OFL,
        open=True,
    ),
    Candidate("思源宋体", ("SourceHanSerifSC-Regular", "SourceHanSerifCN-Regular"), (), OFL, open=True),
    Candidate("Noto Serif SC", ("NotoSerifSC-Regular",), (), OFL, open=True),
)

ROLE_NAMES: dict[FontRole, str] = {
    FontRole.XIAOBIAOSONG: "小标宋",
    FontRole.FANGSONG: "仿宋",
    FontRole.HEITI: "黑体",
    FontRole.KAITI: "楷体",
    FontRole.SONGTI: "宋体",
}
"""The typefaces as the standard calls them."""

CATALOG: dict[FontRole, tuple[Candidate, ...]] = {
    FontRole.XIAOBIAOSONG: (
        Candidate(
            "方正小标宋简体",
            ("FZXBSJW--GB1-0", "FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05"),
            ("FZXBSJW", "FZXBSJT"),
            FOUNDER,
        ),
        Candidate("方正小标宋_GBK", ("FZXBSK--GBK1-0", "FZXiaoBiaoSong-B05"), ("FZXBSK",), FOUNDER),
        *_chinese_standard("XBS", "小标宋"),
        Candidate("华文中宋", ("STZhongsong",), ("STZHONGS",), SINOTYPE),
        Candidate("FandolSong Bold", ("FandolSong-Bold",), (), FANDOL, open=True),
        Candidate(
            "Noto Serif CJK SC Bold",
            ("NotoSerifCJKsc-Bold",),
            ("NotoSerifCJK-Bold", "NotoSerifCJK"),
            OFL,
            open=True,
        ),
        Candidate("思源宋体 Bold", ("SourceHanSerifSC-Bold", "SourceHanSerifCN-Bold"), (), OFL, open=True),
        *_NOTO_SERIF,
    ),
    FontRole.FANGSONG: (
        Candidate("仿宋_GB2312", ("FangSong_GB2312",), ("FSGB2312", "SIMFANG_GB2312"), MICROSOFT),
        Candidate("仿宋", ("FangSong",), ("simfang",), MICROSOFT),
        *_chinese_standard("FS", "仿宋"),
        Candidate("方正仿宋_GBK", ("FZFSK--GBK1-0", "FZFangSong-Z02"), ("FZFSK",), FOUNDER),
        Candidate("方正仿宋简体", ("FZFSJW--GB1-0", "FZFangSong-Z02S"), ("FZFSJW",), FOUNDER),
        Candidate("华文仿宋", ("STFangsong",), ("STFANGSO",), SINOTYPE),
        Candidate("FandolFang", ("FandolFang-Regular",), (), FANDOL, open=True),
        *_NOTO_SERIF,
    ),
    FontRole.HEITI: (
        Candidate("黑体", ("SimHei",), (), MICROSOFT),
        *_chinese_standard("HT", "黑体"),
        Candidate("方正黑体_GBK", ("FZHTK--GBK1-0", "FZHei-B01"), ("FZHTK",), FOUNDER),
        Candidate("方正黑体简体", ("FZHTJW--GB1-0", "FZHei-B01S"), ("FZHTJW",), FOUNDER),
        Candidate("黑体-简", ("STHeitiSC-Medium",), ("STHeiti Medium",), SINOTYPE),
        Candidate("华文黑体", ("STHeiti",), (), SINOTYPE),
        Candidate("FandolHei", ("FandolHei-Regular",), (), FANDOL, open=True),
        Candidate(
            "Noto Sans CJK SC",
            ("NotoSansCJKsc-Regular",),
            ("NotoSansCJK-Regular", "NotoSansCJK", "NotoSansCJKsc-Regular"),
            OFL,
            open=True,
        ),
        Candidate("思源黑体", ("SourceHanSansSC-Regular", "SourceHanSansCN-Regular"), (), OFL, open=True),
        Candidate("Noto Sans SC", ("NotoSansSC-Regular",), (), OFL, open=True),
        Candidate("微软雅黑", ("MicrosoftYaHei", "Microsoft YaHei"), ("msyh",), MICROSOFT),
    ),
    FontRole.KAITI: (
        Candidate("楷体_GB2312", ("KaiTi_GB2312",), ("KTGB2312", "SIMKAI_GB2312"), MICROSOFT),
        Candidate("楷体", ("KaiTi",), ("simkai",), MICROSOFT),
        *_chinese_standard("KT", "楷体"),
        Candidate("方正楷体_GBK", ("FZKTK--GBK1-0", "FZKai-Z03"), ("FZKTK",), FOUNDER),
        Candidate("方正楷体简体", ("FZKTJW--GB1-0", "FZKai-Z03S"), ("FZKTJW",), FOUNDER),
        Candidate("华文楷体", ("STKaiti", "STKaitiSC-Regular", "STKaiti-SC-Regular"), ("Kaiti",), SINOTYPE),
        Candidate("FandolKai", ("FandolKai-Regular",), (), FANDOL, open=True),
        *_NOTO_SERIF,
    ),
    FontRole.SONGTI: (
        Candidate("宋体", ("SimSun",), (), MICROSOFT),
        Candidate("新宋体", ("NSimSun",), ("simsun",), MICROSOFT),
        *_chinese_standard("SS", "宋体"),
        Candidate("方正书宋_GBK", ("FZSSK--GBK1-0", "FZShuSong-Z01"), ("FZSSK",), FOUNDER),
        Candidate("方正书宋简体", ("FZSSJW--GB1-0", "FZShuSong-Z01S"), ("FZSSJW",), FOUNDER),
        Candidate("华文宋体", ("STSong", "STSongti-SC-Regular"), ("Songti",), SINOTYPE),
        Candidate("FandolSong", ("FandolSong-Regular",), (), FANDOL, open=True),
        *_NOTO_SERIF,
        # Rare characters only (CJK extension B); last, because it has nothing else.
        Candidate("宋体-ExtB", ("SimSun-ExtB",), ("simsunb",), MICROSOFT),
    ),
}
"""Candidates of each role in order of preference."""
