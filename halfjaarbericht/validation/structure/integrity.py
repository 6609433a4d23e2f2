"""Content and tree fit together: all that is painted is tagged or an artifact, once, and known both ways.

ISO 32000-1, 14.6 (marked content), 14.7.4 (structure content, ParentTree), 14.8.2.2 (real content and artifacts).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from halfjaarbericht.tagtree.model import Element, Mark, Tree
from halfjaarbericht.validation.structure.rule import Fault, Rule, head


def untagged(tree: Tree) -> Iterator[Fault]:
    """Painted content that is neither real content nor an artifact."""
    for page in tree.pages:
        for loose in page.loose:
            if not loose.kind:
                what = f"de tekst {head(loose.text)}" if loose.text.strip() else "een tekening"
                yield Fault(page.number, f"{what} heeft geen tag en is geen versiering")


def nested(tree: Tree) -> Iterator[Fault]:
    """An artifact in content, content in an artifact, or content in content."""
    for page in tree.pages:
        for mcid in page.nested:
            yield Fault(page.number, f"inhoud {mcid} en versiering liggen in elkaar")


def repeated(tree: Tree) -> Iterator[Fault]:
    """An MCID that stands on a page more than once."""
    for page in tree.pages:
        for mcid in page.doubled:
            yield Fault(page.number, f"inhoud {mcid} staat twee keer op de bladzijde")


def unclaimed(tree: Tree) -> Iterator[Fault]:
    """Marked content that no element has, so that nobody reads it."""
    claimed = {(mark.page, mark.mcid) for root in tree.roots for mark in root.marks()}
    for page in tree.pages:
        for mark in page.marks.values():
            if (page.number, mark.mcid) not in claimed:
                yield Fault(page.number, f"geen tag leest de inhoud {head(mark.text)}")


def claimed_twice(tree: Tree) -> Iterator[Fault]:
    """Marked content that is read more than once."""
    claims = Counter((mark.page, mark.mcid) for root in tree.roots for mark in root.marks())
    for (page, mcid), times in claims.items():
        if times > 1:
            yield Fault(page, f"inhoud {mcid} wordt {times} keer voorgelezen")


def dangling(tree: Tree) -> Iterator[Fault]:
    """An element that names content which is not there."""
    for missing in tree.missing:
        yield Fault(missing.page, f"een tag verwijst naar inhoud {missing.mcid}, die er niet is")


def orphans(tree: Tree) -> Iterator[Fault]:
    """A ParentTree that leads to elements outside the tree."""
    known = {element.number for element in tree.walk()}
    for key, owners in sorted(tree.owners.items()):
        lost = sum(1 for owner in owners if owner and owner not in known)
        if lost:
            yield Fault(0, f"{lost} tags bij sleutel {key} van de ParentTree liggen buiten de boom")


def parent_tree(tree: Tree) -> Iterator[Fault]:
    """The way back from content to its element is the way that led to it (14.7.4.4)."""
    for element in tree.walk():
        for kid in element.kids:
            if isinstance(kid, Mark):
                owners = tree.owners.get(_key(tree, kid.page), ())
                if kid.mcid >= len(owners) or owners[kid.mcid] != element.number:
                    yield Fault(kid.page, f"van {head(kid.text)} leidt de ParentTree niet naar de tag die hem leest")
            elif not isinstance(kid, Element) and tree.owners.get(_number(kid.struct_parent)) != (element.number,):
                yield Fault(kid.page, f"van de koppeling {head(kid.contents or '')} leidt geen weg terug naar haar tag")


def _key(tree: Tree, page: int) -> int:
    return _number(tree.pages[page - 1].struct_parents)


def _number(key: int | None) -> int:
    return -1 if key is None else key


def identifiers(tree: Tree) -> Iterator[Fault]:
    """Every identifier once, and in the IDTree with its own element (14.7.2, table 323)."""
    elements = [element for element in tree.walk() if element.id is not None]
    for name, times in Counter(element.id for element in elements).items():
        if times > 1:
            yield Fault(0, f"{times} tags hebben dezelfde naam '{name}'")
    for element in elements:
        if tree.ids.get(element.id or "") != element.number:
            yield Fault(element.page, f"de naam '{element.id}' staat niet of verkeerd in de IDTree")
    known = {element.id for element in elements}
    for name in tree.ids:
        if name not in known:
            yield Fault(0, f"de IDTree kent '{name}', maar geen tag heet zo")


RULES = (
    Rule("inhoud zonder tag", untagged),
    Rule("versiering in inhoud", nested),
    Rule("inhoud dubbel gemerkt", repeated),
    Rule("inhoud ongelezen", unclaimed),
    Rule("inhoud dubbel gelezen", claimed_twice),
    Rule("tag zonder inhoud", dangling),
    Rule("tag buiten de boom", orphans),
    Rule("weg terug naar de tag", parent_tree),
    Rule("namen van tags", identifiers),
)
