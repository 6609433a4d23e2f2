"""Where a project keeps its things: content, output, and templates and styles with the package's own as default."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class Project:
    """The folders of a project. Of `templates` and `styles` the first folder that has a file wins."""

    root: Path
    content: Path
    output: Path
    templates: tuple[Path, ...]
    styles: tuple[Path, ...]

    @property
    def shared(self) -> Path:
        """The folder with what all editions share."""
        return self.content / "gedeeld"


def find_root(start: Path) -> Path | None:
    """The nearest folder from `start` upwards with content in it; else the checkout this package is in; else None."""
    for folder in (start, *start.parents, PACKAGE.parent):
        if (folder / "content").is_dir():
            return folder
    return None


def make_project(root: Path, content: Path | None = None, output: Path | None = None) -> Project:
    """The project at `root`, with another content or output folder if given."""
    return Project(
        root=root,
        content=(content or root / "content").resolve(),
        output=(output or root / "output").resolve(),
        templates=_with_default(root, "templates"),
        styles=_with_default(root, "styles"),
    )


def output_in_the_way(project: Project) -> str:
    """Why the output folder would mix with what a build reads: it is that folder, lies in it or holds it. Else ''."""
    for folder in (project.content, *project.templates, *project.styles):
        read = folder.resolve()
        if project.output.is_relative_to(read) or read.is_relative_to(project.output):
            where = f"die map is, bevat of ligt in {read.name}/"
            return f"de uitvoer kan niet naar {project.output.name}/: {where}; kies een andere"
    return ""


def _with_default(root: Path, name: str) -> tuple[Path, ...]:
    """The project's own folder, then the one that comes with the package (in a checkout: beside it)."""
    packaged = PACKAGE / name
    if not packaged.is_dir():
        packaged = PACKAGE.parent / name
    own = root / name
    return tuple(dict.fromkeys(f for f in (own, packaged) if f.is_dir()))
