"""The markup of sections, each by the template of its kind: templates/secties/motie.html, or else sectie.html.

A template that reads nothing but its section gets to see nothing else, so that its markup can be remembered by that
section. One of a project's own that reads more (the heading, the report) sees all of it, and is printed each time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from jinja2 import Environment, Template, meta, nodes, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from halfjaarbericht.onthouden import Remembered
from halfjaarbericht.verslag import Blocks, Section

MarkupMemory = Remembered[Markup]
"""The markup of the sections and blocks of one page, by one renderer."""

_OWN = frozenset({"section", "super", "self", "caller", "varargs", "kwargs", "loop"})


class SectionTemplates:
    """The templates of sections in one environment, and what each of them reads."""

    def __init__(self, environment: Environment):
        self._environment = environment
        self._found: dict[str, Template] = {}
        self._names: dict[str, frozenset[str] | None] = {}

    def of(self, kind: str) -> Template:
        """The template of a kind of section. Raises TemplateNotFound."""
        if kind not in self._found:
            names = [f"secties/{kind}.html", "secties/sectie.html"]
            self._found[kind] = self._environment.select_template(names)
        return self._found[kind]

    def reads_only(self, template: Template, known: Mapping[str, Any]) -> bool:
        """Whether a template, with all that it is built on, reads no other names than its own and `known`."""
        name = str(template.name)
        if name not in self._names:
            self._names[name] = self._read_by(name)
        names = self._names[name]
        return names is not None and all(n in known or n in self._environment.globals for n in names)

    def _read_by(self, name: str) -> frozenset[str] | None:
        """The names that a template takes from around it; None when that cannot be told before it runs."""
        read: set[str] = set()
        own: set[str] = set()
        waiting, seen = [name], {name}
        while waiting:
            assert self._environment.loader is not None
            tree = self._environment.parse(self._environment.loader.get_source(self._environment, waiting.pop())[0])
            read |= meta.find_undeclared_variables(tree)
            own |= {found.name for found in tree.find_all(nodes.Name) if found.ctx == "store"}
            for other in meta.find_referenced_templates(tree):
                if other is None:
                    return None
                waiting += [] if other in seen else [other]
                seen.add(other)
        return frozenset(read - own - _OWN)


class SectionMarkup:
    """What the templates of one page call to print sections and blocks. `given` is what a section may read beside
    itself; with a `memory` what is as it was is not printed again."""

    def __init__(
        self,
        templates: SectionTemplates,
        given: Mapping[str, Any],
        blocks: Callable[[Blocks], Markup],
        memory: MarkupMemory | None,
    ):
        self._templates = templates
        self._print_blocks = blocks
        self._memory = memory
        self._given = {**given, "sectie": self.section, "blocks": self.blocks}

    def blocks(self, blocks: Blocks) -> Markup:
        """Markup of blocks below each other."""
        if self._memory is None:
            return self._print_blocks(blocks)
        return self._memory.of(id(blocks), blocks, lambda: self._print_blocks(blocks))

    @pass_context
    def section(self, context: Context, section: Section) -> Markup:
        """Markup of a section with the sections under it."""
        template = self._templates.of(section.kind)
        if not self._templates.reads_only(template, self._given):
            if self._memory is not None:
                self._memory.passing()  # nor is what it stands in
            return _printed(template, {**context.get_all(), "section": section})
        given = {**self._given, "section": section}
        if self._memory is None:
            return _printed(template, given)
        return self._memory.of(id(section), section, lambda: _printed(template, given))


def _printed(template: Template, context: dict[str, Any]) -> Markup:
    """What a template prints inside another one. Its faults are told by that other, as with an include."""
    return Markup("".join(template.root_render_func(template.new_context(context, shared=True))))
