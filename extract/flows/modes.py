"""What a sentence does not say to happen: what is over by now, and what is only supposed.

Knows words of time and condition; not who sends what.
"""

from __future__ import annotations

import re

_WAS = r"[^。]*?(?:て|で)(?:いた|おりました|いました)(?![一-龠ァ-ヶ])"
_PAST = re.compile(
    rf"(?:(?:従前|従来|以前|これまで|かつて|改正前|変更前|更改前|移行前)(?:は|では|も|、)|(?:まで|迄)(?:は|では))(?:{_WAS}|[^。]*?であった)"
    r"|[^。]*(?:て|で)いたが、(?=(?:現在|今|今後)[^。]*(?:ない|ず|廃止|やめ|終了))"
)
_CASE = r"(?:場合|とき|際|時)(?=[はにも、]|$)(?!に備え|に備わ|を想定)|(?:ても|でも|たら|れば)、"
_SUPPOSED = re.compile(
    rf"(?:^|[、。])(?:また、)?(?:仮に|万が?一(?!に備え|の)|もしも?(?!く))[^。]*?(?:{_CASE})"
    rf"|(?:誤って|誤り(?:で|により)|誤(?:送付|送信|配達|交付)|不正に|手違いで)[^。]{{0,50}}?(?:{_CASE})"
)

_SPARED = re.compile(
    r"(?:す?る)?[^、。をにへはが]{0,30}(?:を|が|は|の|も)(?:全て|一部)?(?:省略|不要|削減|軽減|減少|簡素化|必要(?:が|は)?な[いく]|なく)"
)
"""What need no longer be handed in: 窓口に提出する添付書類を省略できる."""


def ended_at(text: str) -> int:
    """Return up to where ``text`` tells what is over by now.

    >>> ended_at("以前は県に送っていたが、今は国に送る"), ended_at("県に送る")
    (10, 0)
    """
    return max((found.end() for found in _PAST.finditer(text)), default=0)


def is_supposed(text: str) -> bool:
    """Whether ``text`` tells what is done should something go wrong, not what is done.

    >>> is_supposed("万一、誤った宛先に送付した場合は、回収する"), is_supposed("万一に備え、県に送付する")
    (True, False)
    """
    return bool(_SUPPOSED.search(text))


def is_spared(text: str, at: int) -> bool:
    """Whether what the clause up to ``at`` describes need no longer be handed in.

    >>> is_spared("窓口に提出する書類を省略する", 5), is_spared("窓口に提出する書類を省略する", 0)
    (True, False)
    """
    return bool(_SPARED.match(text, at))
