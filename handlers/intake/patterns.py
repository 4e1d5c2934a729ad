"""Many patterns tried on a plain text at once: only those that find in it the pieces which they cannot do without.

The patterns have no flags and no references back, as each alternative is compiled by itself.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

_NOTHING: frozenset[str] = frozenset()
# A token of a pattern, and how often it may stand there.
_TOKEN = re.compile(
    r"(\(\?(?:<?[!=]|:)|\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|.)((?:[?*+]|\{[\d,]+\})\??)?", re.DOTALL
)
_OPTIONAL = ("?", "*", "{0", "{,")
_UNNAMED = re.compile(r"[-^\\]")
# A character is met so many times as often as a pair of characters.
_COMMON = 8
_ASKED = 3
_Need = frozenset[str]


@dataclass(frozen=True, slots=True)
class _Branch:
    """One alternative of the pattern of this number, and the sets of pieces of each of which a text must have one."""

    pattern: int
    needs: tuple[_Need, ...]
    search: Callable[[str], re.Match[str] | None]


@dataclass(frozen=True, slots=True)
class Patterns:
    """Patterns by number, taken apart into alternatives. `index` are the numbers of alternatives by a piece they need.

    `always` are the alternatives that need no piece in particular.
    """

    branches: tuple[_Branch, ...]
    index: Mapping[str, tuple[int, ...]]
    cues: frozenset[str]
    always: tuple[int, ...]

    def found(self, text: str, parts: set[str]) -> dict[int, re.Match[str]]:
        """What each pattern would find first in a plain text of these pieces, those that find nothing left out."""
        first: dict[int, re.Match[str]] = {}
        for at in sorted({*self.always}.union(*map(self.index.__getitem__, self.cues & parts))):
            branch = self.branches[at]
            for need in branch.needs:
                if need.isdisjoint(parts):
                    break
            else:
                match, before = branch.search(text), first.get(branch.pattern)
                if match and (before is None or match.start() < before.start()):
                    first[branch.pattern] = match
        return first


def patterns(written: Iterable[tuple[str, str]]) -> Patterns:
    """Regular expressions without flags, each with characters one of which the text must have besides ("" for any)."""
    branches: list[_Branch] = []
    index: dict[str, list[int]] = {}
    always = []
    for number, (pattern, besides) in enumerate(written):
        begin = 0
        for end, found in _alternatives(_TOKEN.finditer(pattern), len(pattern))[0]:
            needs = sorted(found, key=_frequency)[:_ASKED]
            for cue in needs[0] if needs else ():
                index.setdefault(cue, []).append(len(branches))
            if not needs:
                always.append(len(branches))
            asked = (*needs[1:], frozenset(besides)) if besides else needs[1:]
            branches.append(_Branch(number, tuple(asked), re.compile(pattern[begin:end]).search))
            begin = end + 1
    return Patterns(
        tuple(branches), {cue: tuple(at) for cue, at in index.items()}, frozenset(index), tuple(always)
    )


def _alternatives(tokens: Iterator[re.Match[str]], end: int) -> tuple[list[tuple[int, list[_Need]]], str]:
    """The alternatives up to the end of a group, each with its end and its needs; and how often the group may stand."""
    found: list[tuple[int, list[_Need]]] = []
    needs: list[_Need] = []
    before = _NOTHING
    for token in tokens:
        atom, often = token[1], token[2] or ""
        if atom in "|)":
            found.append((token.start(), needs))
            needs, before = [], _NOTHING
            if atom == ")":
                return found, often
            continue
        letters = _letters(atom)
        need = letters
        if atom[0] == "(":
            inner, often = _alternatives(tokens, end)
            need = _shared(inner) if atom == "(?:" else _NOTHING
        if often.startswith(_OPTIONAL):
            need = letters = _NOTHING
        pairs = frozenset(one + other for one in before for other in letters)
        needs += [one for one in (need, pairs) if one]
        before = letters
    found.append((end, needs))
    return found, ""


def _letters(atom: str) -> _Need:
    """What a token stands for, if that is a character or one of a few."""
    if atom[0] == "[":
        return _NOTHING if _UNNAMED.search(atom) else frozenset(atom[1:-1])
    return _NOTHING if atom[0] in "\\(.^$" else frozenset(atom)


def _shared(group: list[tuple[int, list[_Need]]]) -> _Need:
    """What a group needs: for each alternative the rarest of its needs, and nothing if one of them has none."""
    if not all(needs for _, needs in group):
        return _NOTHING
    return _NOTHING.union(*(min(needs, key=_frequency) for _, needs in group))


def _frequency(need: _Need) -> int:
    """How often one of these pieces is met, as far as can be told from their length."""
    return sum(_COMMON if len(piece) == 1 else 1 for piece in need)
