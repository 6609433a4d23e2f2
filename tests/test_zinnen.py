"""Splitting Dutch text into sentences: the cases in gegevens/zinnen.md, and what holds for any text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from halfjaarbericht.changes.sentences import MAY_BE_LAST, NEVER_LAST, sentence_spans, sentences
from tests.fixtures_lezer import Case, check, parameters

PARTS = st.sampled_from("De de politie 1.178 nr. jl. c.s. D. [12] . ? ! … ” ( ) 's 38a bijv. A \u00a0 \n".split(" "))


@pytest.mark.parametrize("case", parameters("zinnen.md"))
def test_sentences(case: Case, update: bool) -> None:
    check(case, "\n".join(sentences(case.given)), update)


@given(st.lists(PARTS).map(" ".join) | st.text())
def test_nothing_but_white_space_is_lost(text: str) -> None:
    spans = sentence_spans(text)
    edges = [0, *(edge for span in spans for edge in span), len(text)]
    assert edges == sorted(edges)
    assert all(not text[a:b].strip() for a, b in zip(edges[::2], edges[1::2], strict=True))
    assert all(text[a:b] == text[a:b].strip() != "" for a, b in spans)


@given(st.lists(PARTS).map(" ".join))
def test_a_sentence_is_not_split_again(text: str) -> None:
    assert [again for sentence in sentences(text) for again in sentences(sentence)] == sentences(text)


@pytest.mark.parametrize("abbreviation", sorted(NEVER_LAST | MAY_BE_LAST))
def test_after_an_abbreviation_the_sentence_goes_on(abbreviation: str) -> None:
    text = f"Het gaat om {abbreviation} agenten en meer."
    assert sentences(text) == [text]


def test_no_abbreviation_is_in_both_lists() -> None:
    assert not NEVER_LAST & MAY_BE_LAST
    assert all(word == word.lower() and word.endswith(".") for word in NEVER_LAST | MAY_BE_LAST)
