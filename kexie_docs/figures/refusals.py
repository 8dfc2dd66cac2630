"""Why a text is no figure, for the forms that people write instead of one; loaded when one is refused."""

import re
from decimal import Decimal

from kexie_docs.errors import message
from kexie_docs.figures.errors import QuantityError
from kexie_docs.figures.value import SCALES
from kexie_docs.text.numerals import HANS_NUMERALS

_VAGUE = re.compile(
    rf"(?:[上数几好成]+[{HANS_NUMERALS}]|若干|许多|众多|诸多|[多几][个项次家名场])|[{HANS_NUMERALS}0-9]+[几来]"
)
_SIGNED = re.compile("(?:[-−–－±＋+]|正负|负)(?=[0-9])")
_COMPOUND = re.compile(
    "(?P<high>[0-9]+)(?P<scale>[亿万])(?P<low>[0-9]+)(?P<lower>[万千]?)(?P<unit>[^0-9万亿千]*)"
)
_TOLD = re.compile("(?:达到?|共计|共有|总计|合计|累计|计|共|为|有)(?=[0-9])")


def refusal(text: str) -> QuantityError | None:
    """Return the reason why a text is no figure, with what to write instead; None where no form is known.

    Known are words that tell no number (数百人, 十几个), signs (-3.2%, ±5), numbers of two parts
    (1亿2000万元), and a verb before the number (达3.5亿元).
    """
    if _VAGUE.match(text):
        return QuantityError(
            message("“{figure}” tells no number", figure=text),
            message("Give the number, such as 300余场 or 近万名; or write the words in the text."),
        )
    if (sign := _SIGNED.match(text)) is not None:
        return QuantityError(
            message("“{figure}”: a figure takes no “{sign}”", figure=text, sign=sign[0]),
            message(
                "Give the two years' figures, the earlier under {key}; {filter} says 增长, 下降 or 持平.",
                key="上年",
                filter="|同比",
            ),
        )
    if (told := _TOLD.match(text)) is not None:
        return QuantityError(
            message(
                "“{figure}” begins with “{word}”, which is no part of a figure", figure=text, word=told[0]
            ),
            message("Write “{word}” in the text before the reference.", word=told[0]),
        )
    if (two := _COMPOUND.fullmatch(text)) is not None:
        scale = SCALES[two["scale"]]
        lower = {"万": 10_000, "千": 1_000, "": 1}[two["lower"]]
        value = Decimal(two["high"]) + Decimal(two["low"]) * lower / scale
        if Decimal(two["low"]) * lower < scale:
            return QuantityError(
                message("“{figure}” is made of two numbers", figure=text),
                message("Write {surface}.", surface=f"{value.normalize():f}{two['scale']}{two['unit']}"),
            )
    return None
