"""What was made before, for who makes the same again at every save.

A key holds all that making depends on. Models and reports cannot change, so the id of one of their objects stands for
all that is in it, as long as that object is kept here: nothing else can have its id then.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Kept(Generic[T]):
    """An outcome, the objects whose ids are in its key, and the keys of what was made inside it."""

    outcome: T
    objects: object
    inside: tuple[Hashable, ...]


class Remembered(Generic[T]):
    """Outcomes by their keys. What is not part of the newest round is forgotten after it."""

    def __init__(self) -> None:
        self._around: tuple[Any, ...] = ()
        self._now: dict[Hashable, _Kept[T]] = {}
        self._before: dict[Hashable, _Kept[T]] = {}
        self._inside: list[Hashable] = []
        self._passing = 0

    def begin(self, *around: Any) -> bool:
        """A new round. `around` is all that is looked up beside the keys; when any of it is other than before,
        everything is forgotten. Tells whether it is as before."""
        same = around == self._around
        self._before = self._now if same else {}
        self._now, self._around, self._inside = {}, around, []
        return same

    def passing(self) -> None:
        """What is being made depends on more, and is not to be remembered: on a file on the disk."""
        self._passing += 1

    def of(self, key: Hashable, objects: object, make: Callable[[], T]) -> T:
        """The outcome for a key: as it was, or made. `objects` are those whose ids are in the key."""
        kept = self._now.get(key) or self._again(key) or self._made(key, objects, make)
        self._inside.append(key)
        return kept.outcome

    def _made(self, key: Hashable, objects: object, make: Callable[[], T]) -> _Kept[T]:
        passing, above, self._inside = self._passing, self._inside, []
        kept = _Kept(make(), objects, tuple(self._inside))
        self._inside = above
        if passing == self._passing:
            self._now[key] = kept
        return kept

    def _again(self, key: Hashable) -> _Kept[T] | None:
        """What was made in the round before, with all that is inside it."""
        kept = self._before.get(key)
        if kept is not None:
            self._now[key] = kept
            for inside in kept.inside:
                self._again(inside)
        return kept
