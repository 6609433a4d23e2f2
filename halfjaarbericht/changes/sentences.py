"""Running Dutch text to sentences.

A sentence ends at a full stop, question or exclamation mark when white space and the start of a new sentence follow.
What makes Dutch official text hard is the full stop that ends something else: an abbreviation, an initial, a list
number. Marks of notes ('[12]') and closing quotes after the full stop belong to the sentence before them.
"""

from __future__ import annotations

import re

_END = re.compile(r"[.!?…]+[)\]”’\"'»]*(?:\[\d+\])*(?=\s)")
_START = re.compile(r"\s+[(\[“‘„\"«]*(?:['’][a-z]\s+)?[A-ZÀ-ÖØ-Þ0-9€§]")
_WORD_BEFORE = re.compile(r"[^\s(\[“‘„\"«]+$")
_INITIALS = re.compile(r"(?:(?:[A-Z]|[A-Z][a-z]|IJ)\.)+")
# After these a single capital is a label and not somebody's initial: 'zie bijlage B. De'.
_BEFORE_LABEL = re.compile(
    r"\b(?:bijlage|categorie|deel|fase|groep|klasse|kolom|niveau|onderdeel|optie|scenario|schaal|spoor|tabel|"
    r"type|variant|vitamine)\s+$",
    re.IGNORECASE,
)
_ITEM = re.compile(r"(?:\d{1,3}|[a-z])\.")

NEVER_LAST = frozenset(
    """
    nr. nrs. no. bijv. bv. d.d. dd. vgl. zgn. vnl. nl. resp. incl. excl. evt. ca. min. max. gem. art. artt. jo. sub.
    par. p. pp. pag. blz. hfst. afd. o.a. m.n. t.w. w.o. c.q. vs. i.v.m. t.a.v. t.b.v. m.b.t. t.o.v. i.h.b. i.p.v.
    m.i.v. m.u.v. n.a.v. d.w.z. o.g.v. o.b.v. i.c. i.o.m. i.s.m. m.b.v. t.g.v. t.n.v. a.d.h.v. jan. febr. feb. apr.
    aug. sept. sep. okt. nov. dec. dhr. mevr. mw. mr. mrs. dr. drs. ir. ing. bc. prof. em. ds. st. sr. jr. plv. wnd.
    tel. stb. stcrt. trb. kamerst. ong.
    """.split()
)
"""Abbreviations after which a sentence always goes on, however the next word is written."""

MAY_BE_LAST = frozenset("jl. ll. c.s. enz. etc. e.d. e.a. e.v. a.s. z.s.m. n.v.t. n.b. mln. mrd. a.u.b.".split())
"""Abbreviations that end a sentence when a capital follows: inside one, a small letter or a number follows them."""


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Where the sentences of `text` begin and end, without the white space between them."""
    spans: list[tuple[int, int]] = []
    start = len(text) - len(text.lstrip())
    for end in _END.finditer(text):
        if end.start() >= start and _is_boundary(text, start, end):
            spans.append((start, end.end()))
            start = end.end() + len(text[end.end() :]) - len(text[end.end() :].lstrip())
    stop = len(text.rstrip())
    return [*spans, (start, stop)] if start < stop else spans


def sentences(text: str) -> list[str]:
    """The sentences of `text`, in order."""
    return [text[start:end] for start, end in sentence_spans(text)]


def _is_boundary(text: str, start: int, end: re.Match[str]) -> bool:
    follows = _START.match(text, end.end())
    if not follows:
        return False
    if end[0][0] != "." or end[0].startswith(".."):
        return True
    found = _WORD_BEFORE.search(text, start, end.start() + 1)
    word = found[0] if found else "."
    before = text[start : found.start() if found else end.start()]
    if word.lower() in MAY_BE_LAST:
        return not follows[0][-1].isdigit()
    if _INITIALS.fullmatch(word):
        return word.count(".") == 1 and len(word) == 2 and bool(_BEFORE_LABEL.search(before))
    is_item = not before.strip() and bool(_ITEM.fullmatch(word))
    return not is_item and word.lower() not in NEVER_LAST
