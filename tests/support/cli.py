"""What a command line left behind, for tests that run one."""

from dataclasses import dataclass
from typing import Protocol

SMALL = """\
单位: {全称: 云溪市科学技术协会, 简称: 云溪市科协}
年度: 2025
指标:
  科普活动: 120余场
开篇: |
  {{年度}}年，{{单位.简称}}举办科普活动{{科普活动}}。
"""
"""A small input that builds."""


@dataclass(frozen=True)
class Outcome:
    """Exit code, and the two streams."""

    code: int
    out: str
    err: str


class Run(Protocol):
    """Run a command line in this process; ``lang`` is the locale's LANG."""

    def __call__(self, *arguments: str, lang: str = "C") -> Outcome: ...
