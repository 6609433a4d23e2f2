"""Pairing what was with what is: sequences of texts, with moved and rewritten ones found again."""

from __future__ import annotations

import re
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from difflib import SequenceMatcher
from itertools import groupby
from operator import itemgetter

Pairs = list[tuple[int, int]]
MOST_COMPARISONS = 250_000
_WORD = re.compile(r"\d[\d.,]*\d|\w+")


class Alignment:
    """Pairs indices of `old` with indices of `new`, in ever weaker ways; each index is used once.

    `moved` counts the pairs that stand in another order than the rest.
    """

    def __init__(self, old: int, new: int):
        self.pairs: Pairs = []
        self.moved = 0
        self._old = dict.fromkeys(range(old))
        self._new = dict.fromkeys(range(new))

    @property
    def removed(self) -> list[int]:
        """Indices of `old` without a partner."""
        return list(self._old)

    @property
    def added(self) -> list[int]:
        """Indices of `new` without a partner."""
        return list(self._new)

    def in_order(self, old: Sequence[Hashable], new: Sequence[Hashable]) -> None:
        """Pair equal keys among those left: the longest run in the same order first, then wherever they are."""
        left, right = self.removed, self.added
        a, b = [old[i] for i in left], [new[j] for j in right]
        for at_old, at_new, size in SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks():
            self._take(zip(left[at_old : at_old + size], right[at_new : at_new + size], strict=True))
        waiting: dict[Hashable, deque[int]] = defaultdict(deque)
        for j in self.added:
            waiting[new[j]].append(j)
        moved = [(i, waiting[old[i]].popleft()) for i in self.removed if waiting[old[i]]]
        self.moved += len(moved)
        self._take(moved)

    def unique(self, old: Sequence[Hashable], new: Sequence[Hashable]) -> None:
        """Pair keys that occur once in the whole of `old` and once in the whole of `new`: they have moved."""
        once_old, once_new = _once(old), _once(new)
        pairs = [(i, once_new[key]) for key, i in once_old.items() if i in self._old and key in once_new]
        moved = [(i, j) for i, j in pairs if j in self._new]
        self.moved += len(moved)
        self._take(moved)

    def gaps(self) -> tuple[dict[int, int], dict[int, int]]:
        """For each index left, of old and of new: the index in `old` of the last pair before it, -1 without one."""
        after_old = {i: i for i, _ in self.pairs}
        after_new = {j: i for i, j in self.pairs}
        return _last_before(self.removed, after_old), _last_before(self.added, after_new)

    def in_place(self, old: Sequence[tuple[str, str]], new: Sequence[tuple[str, str]], kinds: Collection[str]) -> None:
        """Pair (kind, scope) of certain kinds in order, where as many of a scope are left on both sides."""
        places: dict[tuple[str, str], tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
        for side, (keys, left) in enumerate(((old, self.removed), (new, self.added))):
            for index in left:
                if keys[index][0] in kinds:
                    places[keys[index]][side].append(index)
        for gone, come in places.values():
            if len(gone) == len(come):
                self._take(zip(gone, come, strict=True))

    def alike(
        self,
        old: Sequence[str],
        new: Sequence[str],
        may_pair: Callable[[int, int], bool],
        threshold: float,
    ) -> None:
        """Pair texts that share at least `threshold` of their words, the best pairs first. Nothing when so much is
        left that it must be another text altogether."""
        candidates = [(i, j) for j in self._new for i in self._old if may_pair(i, j)]
        if len(candidates) > MOST_COMPARISONS:
            return
        words = {i: _WORD.findall(old[i].lower()) for i in self._old}
        scores = []
        matcher: SequenceMatcher[str] = SequenceMatcher(None, autojunk=False)
        for j, pairs in groupby(candidates, key=itemgetter(1)):
            matcher.set_seq2(_WORD.findall(new[j].lower()))
            for i, _ in pairs:
                if score := _ratio(matcher, words[i], threshold):
                    scores.append((-score, abs(i - j), i, j))
        for _, _, i, j in sorted(scores):
            if i in self._old and j in self._new:
                self._take([(i, j)])

    def _take(self, pairs: Iterable[tuple[int, int]]) -> None:
        for i, j in pairs:
            del self._old[i], self._new[j]
            self.pairs.append((i, j))


def _last_before(left: list[int], paired: dict[int, int]) -> dict[int, int]:
    found, last = {}, -1
    for index in sorted([*left, *paired]):
        last = paired.get(index, last)
        found[index] = last
    return {index: found[index] for index in left}


def _ratio(matcher: SequenceMatcher[str], words: list[str], threshold: float) -> float:
    """How alike, from 0 to 1; 0 below the threshold. The cheap upper bounds come first."""
    matcher.set_seq1(words)
    if matcher.real_quick_ratio() < threshold or matcher.quick_ratio() < threshold:
        return 0.0
    ratio = matcher.ratio()
    return ratio if ratio >= threshold else 0.0


def _once(keys: Sequence[Hashable]) -> dict[Hashable, int]:
    counts = Counter(keys)
    return {key: index for index, key in enumerate(keys) if counts[key] == 1}
