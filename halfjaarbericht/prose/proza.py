"""Prose: Markdown with roles and note calls to a small tree. The only module that knows the markup.

The language is closed on purpose: paragraphs, lists, quotes, one kind of heading, emphasis, links, sub- and
superscript, {rol}`…` and [^noot]. Whatever else looks like markup is a mistake with a place, never silent text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline, link
from markdown_it.token import Token
from mdit_py_plugins.subscript import sub_plugin
from mdit_py_plugins.superscript import superscript_plugin

from halfjaarbericht.problems import did_you_mean
from halfjaarbericht.prose.apostrof import with_apostrophes
from halfjaarbericht.prose.foreign import NOTE, ROLE, find_foreign, too_long
from halfjaarbericht.prose.leftover import WORDS, find_leftovers
from halfjaarbericht.prose.letters import parse_with_letters
from halfjaarbericht.prose.tree import (
    At,
    Complaint,
    PBlock,
    PBlocks,
    PBreak,
    PHeading,
    PInline,
    PInlines,
    PLink,
    PList,
    PNote,
    PParagraph,
    PPlacement,
    PQuote,
    PRole,
    PSpan,
    PText,
    plain_text,
)
from halfjaarbericht.prose.waar import Where

ROLES = ("getal", "verschil", "datum", "bron", "zie", "afk", "taal", "tabel", "figuur")
PLACEMENTS = ("tabel", "figuur")

MAX_DEPTH = 6
"""So many lists and quotes inside each other; deeper is refused."""
# Beyond this the parser leaves text out in silence; what is deeper than MAX_DEPTH has been told long before.
_MAX_NESTING = 100
_LINKS = ("zie", "bron")
_MARKUP = {"sub": "~", "sup": "^"}


# Parsing is a pure function of the text, and the same text is asked for more than once in a build and all the time
# while somebody types; the trees are frozen.
@lru_cache(maxsize=2048)
def parse_blocks(text: str) -> tuple[PBlocks, tuple[Complaint, ...]]:
    """Blocks of prose and the mistakes in it. Positions count from the start of `text`."""
    complaints = find_foreign(text)
    if too_long(text):
        return (), tuple(complaints)
    tokens, letters = parse_with_letters(text, _markdown().parse)
    builder = _Tree(text.split("\n"), letters, complaints)
    blocks = builder.blocks(tokens)
    return blocks, tuple(complaints)


@lru_cache(maxsize=8192)
def parse_line(text: str) -> tuple[PInlines, tuple[Complaint, ...]]:
    """One line of prose (a title, caption or heading of a column)."""
    complaints = find_foreign(text)
    if too_long(text):
        return (), tuple(complaints)
    tokens = _markdown().parseInline(" ".join(text.split("\n")))
    builder = _Tree(text.split("\n"), {}, complaints)
    return builder.inlines(tokens[0], 0), tuple(complaints)


@lru_cache(maxsize=1)
def _markdown() -> MarkdownIt:
    md = MarkdownIt("zero", {"maxNesting": _MAX_NESTING})
    md.core.ruler.disable("text_join")  # what was escaped must stay apart from what was not
    md.enable(["blockquote", "list", "heading", "emphasis", "link", "escape", "newline"])
    md.use(sub_plugin).use(superscript_plugin)
    md.inline.ruler.at("link", _link_rule)
    md.inline.ruler.before("link", "noot", _note_rule)
    md.inline.ruler.before("noot", "rol", _role_rule)
    return md


def _note_rule(state: StateInline, silent: bool) -> bool:
    return _take(state, silent, NOTE, "[", "noot")


def _role_rule(state: StateInline, silent: bool) -> bool:
    return _take(state, silent, ROLE, "{", "rol")


def _take(state: StateInline, silent: bool, pattern: re.Pattern[str], first: str, kind: str) -> bool:
    """Inline rule: one token for a match at the current position, with its position kept."""
    if state.src[state.pos] != first:
        return False
    match = pattern.match(state.src, state.pos, state.posMax)
    if not match:
        return False
    if not silent:
        token = state.push(kind, "", 0)
        token.meta = {"groups": match.groups(), "pos": state.pos, "width": match.end() - match.start()}
    state.pos = match.end()
    return True


def _link_rule(state: StateInline, silent: bool) -> bool:
    """The rule for links, with the place of the link kept."""
    start, before = state.pos, len(state.tokens)
    if not link(state, silent):
        return False
    if not silent:
        opened = next(token for token in state.tokens[before:] if token.type == "link_open")
        opened.meta = {"pos": start, "width": state.pos - start}
    return True


class _Tree:
    """Builds our tree from markdown-it's flat tokens, keeping places."""

    def __init__(self, lines: list[str], letters: Mapping[int, int], complaints: list[Complaint]):
        self.lines = lines
        self.letters = letters
        self.foreign = tuple(c.at for c in complaints)
        self.depth = 0
        self.complaints = complaints
        self.tokens: Sequence[Token] = ()
        self.index = 0

    def blocks(self, tokens: Sequence[Token]) -> PBlocks:
        """All blocks of a token stream."""
        self.tokens, self.index = tokens, 0
        return self._until(None)

    def _until(self, end: str | None) -> PBlocks:
        found: list[PBlock] = []
        while self.index < len(self.tokens):
            token = self.tokens[self.index]
            self.index += 1
            if token.type == end:
                break
            block = self._block(token)
            if block is not None:
                found.append(block)
        return tuple(found)

    def _block(self, token: Token) -> PBlock | None:
        line = token.map[0] if token.map else 0
        if token.type in ("paragraph_open", "heading_open"):
            content = self.inlines(self.tokens[self.index], line)
            self.index += 2
            if token.type == "heading_open":
                return PHeading(content, line)
            return self._placement(content) or PParagraph(content, line)
        if token.type in ("bullet_list_open", "ordered_list_open"):
            return self._list(token, line)
        if token.type == "blockquote_open":
            self._check_depth(line)
            return PQuote(self._inner("blockquote_close"), line)
        return None

    def _check_depth(self, line: int) -> None:
        if self.depth == MAX_DEPTH:
            hint = "haal de opsomming of het citaat uit elkaar"
            message = f"opsommingen en citaten gaan tot {MAX_DEPTH} niveaus diep"
            self.complaints.append(Complaint("E215", At(line, 0), message, hint))

    def _inner(self, end: str) -> PBlocks:
        """The blocks inside a list item or quote."""
        self.depth += 1
        found = self._until(end)
        self.depth -= 1
        return found

    def _placement(self, content: PInlines) -> PPlacement | None:
        alone = len(content) == 1 and isinstance(content[0], PRole) and content[0].name in PLACEMENTS
        if alone and isinstance(content[0], PRole) and not self.depth:
            return PPlacement(content[0].name, content[0].argument, content[0].at)
        for node in content:
            if isinstance(node, PRole) and node.name in PLACEMENTS:
                hint = f"verwijs met {{zie}}`{node.argument}`, of zet deze rol alleen op een regel met wit eromheen"
                where = ", niet in een opsomming of citaat" if alone else ""
                message = f"{{{node.name}}} hoort in een eigen alinea{where}"
                self.complaints.append(Complaint("E214", node.at, message, hint))
        return None

    def _list(self, token: Token, line: int) -> PList:
        self._check_depth(line)
        ordered = token.type == "ordered_list_open"
        kind = "bullet" if not ordered else "alpha" if line in self.letters else "decimal"
        start = self.letters.get(line, int(token.attrGet("start") or 1)) if ordered else 1
        items = []
        tight = True
        close = token.type.replace("_open", "_close")
        while self.tokens[self.index].type != close:
            self.index += 1
            first = self.tokens[self.index]
            tight = tight and not (first.type == "paragraph_open" and not first.hidden)
            items.append(self._inner("list_item_close"))
        self.index += 1
        return PList(kind, start, tight, tuple(items), line)

    def inlines(self, token: Token, line: int) -> PInlines:
        """The inline nodes of an inline token that starts at `line`."""
        line = token.map[0] if token.map else line
        where = Where(self.lines, line, token.content)
        stack: list[tuple[Token | None, list[PInline]]] = [(None, [])]
        left = find_leftovers(token.children or (), token.content, where.at)
        self.complaints += [c for c in left if not self._is_foreign(c.at)]
        before = ""
        for child in token.children or ():
            if child.nesting == 1:
                stack.append((child, []))
            elif child.nesting == -1:
                opened, children = stack.pop()
                stack[-1][1].append(self._span(opened, tuple(children), where))
            else:
                self._append(stack[-1][1], self._leaf(child, where), before in WORDS and child.type in WORDS)
            before = child.type
        return tuple(stack[0][1])

    def _append(self, found: list[PInline], node: PInline | None, goes_on: bool) -> None:
        """Add a node; text that `goes_on` after an escaped character is one with what stands before it."""
        if goes_on and isinstance(node, PText) and found and isinstance(found[-1], PText):
            found[-1] = PText(found[-1].text + node.text)
        elif node is not None:
            found.append(node)

    def _span(self, opened: Token | None, children: PInlines, where: Where) -> PInline:
        kind = opened.type.removesuffix("_open") if opened else "em"
        if opened is not None and kind == "link":
            href = str(opened.attrGet("href") or "")
            at = where.at(opened.meta["pos"], opened.meta["width"])
            if not self._is_foreign(at) and not re.match(r"(?:https?://|mailto:)\S+\Z", href):
                hint = "begin met https:// of mailto:; verwijs binnen de editie met {zie}`id`"
                self.complaints.append(Complaint("E216", at, f"de link '{href}' is geen webadres", hint))
            self._no_links_in(children)
            return PLink(href, children, at)
        if kind in _MARKUP:
            self._plain_only(_MARKUP[kind], plain_text(children), where)
        return PSpan(kind, children)

    def _no_links_in(self, children: PInlines) -> None:
        """A link in a link leads nowhere: browsers and screen readers know one of both."""
        for node in children:
            if isinstance(node, PRole) and node.name in _LINKS:
                hint = f"zet {{{node.name}}} voor of achter de link"
                self.complaints.append(Complaint("E215", node.at, f"{{{node.name}}} kan niet in een link", hint))
            elif isinstance(node, PSpan):
                self._no_links_in(node.children)

    def _plain_only(self, mark: str, text: str, where: Where) -> None:
        """What is raised or lowered is read as it is: a role or a call of a note would be printed as typed."""
        if re.search(r"[\[\]{}]", text):
            at = where.at(max(where.content.find(mark + text), 0), len(text) + 2)
            hint = f"zet haar achter de tweede {mark}"
            self.complaints.append(Complaint("E215", at, f"tussen {mark} en {mark} kan geen rol of noot", hint))

    def _is_foreign(self, at: At) -> bool:
        """Whether this place is part of something that has been complained about as a whole."""
        return any(
            f.line == at.line and f.column < at.column + at.width and at.column < f.column + f.width
            for f in self.foreign
        )

    def _leaf(self, token: Token, where: Where) -> PInline | None:
        if token.type == "rol":
            return self._role(token, where.at(token.meta["pos"], token.meta["width"]))
        if token.type == "noot":
            at = where.at(token.meta["pos"], token.meta["width"])
            return None if self._is_foreign(at) else PNote(token.meta["groups"][0].strip(), at)
        if token.type == "softbreak":
            return PText(" ")
        if token.type == "hardbreak":
            return PBreak()
        text = with_apostrophes(token.content) if token.type == "text" else token.content
        return PText(text) if text else None

    def _role(self, token: Token, at: At) -> PInline:
        name, body = token.meta["groups"]
        if name not in ROLES:
            self.complaints.append(Complaint("E213", at, f"onbekende rol '{name}'", did_you_mean(name, ROLES)))
        argument, _, options = body.partition("|")
        if not argument.strip():
            hint = f"schrijf haar tussen de accenten: {{{name}}}`waarde`"
            self.complaints.append(Complaint("E214", at, f"de rol '{name}' heeft een waarde nodig", hint))
        return PRole(name, argument.strip(), tuple(options.split()), at)
