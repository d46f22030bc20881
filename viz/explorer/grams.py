"""Words of Japanese found anywhere in a text: every text is indexed by its pairs of characters.

Japanese has no spaces between words, and two characters are the commonest search (住基, 税務, 委託): too short
for an index of three. Pairs in a row, asked for as a phrase, find exactly the texts that hold the word.
"""

from __future__ import annotations

from extract.normalize import folded

MOST_WORDS = 8
"""Words of one search that count."""
LONGEST_WORD = 100
"""Characters of one word that count."""


def plain(text: str) -> str:
    """Return ``text`` as it is compared: no spaces, one width, one case.

    >>> plain("（株） ＡＢサーバー")
    '(株)abサーバー'
    """
    return folded(text).casefold()


def tokens(text: str) -> str:
    """Return the pairs of neighbouring characters of ``text``, and its last character, as words of an index.

    >>> tokens("市役所").split() == [_token("市役"), _token("役所"), _token("所")]
    True
    """
    chars = plain(text)
    return " ".join(_token(chars[at : at + 2]) for at in range(len(chars)))


def _token(chars: str) -> str:
    """Write characters as a word that every tokenizer leaves whole."""
    return "".join(f"{ord(char):06x}" for char in chars)


def words_of(asked: str) -> list[str]:
    """Return the words that a search asks for, each as it is compared.

    >>> words_of(" 住基　ネット ＡＢ ")
    ['住基', 'ネット', 'ab']
    """
    words = (plain(word)[:LONGEST_WORD] for word in asked.split())
    return list(dict.fromkeys(word for word in words if word))[:MOST_WORDS]


def match_of(words: list[str]) -> str:
    """Return the expression by which SQLite's FTS5 finds the texts that hold all of ``words``.

    >>> match_of(["市役所"]) == f'"{_token("市役")} {_token("役所")}"'
    True
    >>> match_of(["市"]) == f'"{_token("市")}" *'
    True
    """
    return " AND ".join(map(_phrase, words))


def _phrase(word: str) -> str:
    if len(word) == 1:
        return f'"{_token(word)}" *'
    return '"' + " ".join(_token(word[at : at + 2]) for at in range(len(word) - 1)) + '"'


def spans_of(text: str, words: list[str]) -> list[tuple[int, int]]:
    """Return where ``words`` stand in ``text``, in order and without overlap.

    >>> spans_of("住 基ネットと住基", ["住基", "ネット"])
    [(0, 6), (7, 9)]
    """
    chars, offsets = _with_offsets(text)
    found: list[tuple[int, int]] = []
    for word in words:
        at = chars.find(word)
        while at >= 0:
            found.append((offsets[at], offsets[at + len(word) - 1] + 1))
            at = chars.find(word, at + len(word))
    return _joined(sorted(found))


def _with_offsets(text: str) -> tuple[str, list[int]]:
    parts, offsets = [], []
    for at, char in enumerate(text):
        kept = plain(char)
        parts.append(kept)
        offsets += [at] * len(kept)
    return "".join(parts), offsets


def _joined(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
