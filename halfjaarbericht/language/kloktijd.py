"""Dutch clock time, by rule: the same on every machine, whatever time zones it knows.

Summer time lasts from the last Sunday of March to the last Sunday of October, both changes at 01:00 UTC
(Directive 2000/84/EC; the same dates hold since 1996).
"""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

WINTER, SUMMER = timezone(timedelta(hours=1)), timezone(timedelta(hours=2))
_SUNDAY = 6


def midnight(day: date) -> datetime:
    """The beginning of `day` in the Netherlands, with its offset from UTC. For days from 1996 on."""
    # At midnight the clock has not yet changed: the first day of summer time begins in winter time, the last in summer.
    summer = _last_sunday(day.year, 3) < day <= _last_sunday(day.year, 10)
    return datetime(day.year, day.month, day.day, tzinfo=SUMMER if summer else WINTER)


def _last_sunday(year: int, month: int) -> date:
    last = date(year, month, 31)  # March and October both have 31 days
    return last - timedelta(days=(last.weekday() - _SUNDAY) % 7)
