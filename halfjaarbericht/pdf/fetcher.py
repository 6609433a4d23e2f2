"""The only way to a file for the engine: our own addresses, mapped to a few folders. No network, no file:."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import unquote, urlsplit

from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

BASE = "https://doc.invalid/"
MAX_BYTES = 20 * 2**20
TYPES = {
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".woff2": "font/woff2",
    ".ttf": "font/ttf",
    ".otf": "font/otf",
}
DATA_IMAGES = ("data:image/svg+xml", "data:image/png", "data:image/jpeg")


class AssetFetcher(URLFetcher):  # type: ignore[misc]
    """Serves https://doc.invalid/<room>/<path> from the folders of that room.

    `rooms` maps the first part of the path to folders; the first folder that has the file wins. Everything
    else raises FatalURLFetchingError, which stops the rendering. The engine swallows that error inside SVG
    images, so every refusal is kept in `refused` as well. `sheets` are the style sheets that were asked for.
    """

    def __init__(self, rooms: Mapping[str, Sequence[Path]]):
        super().__init__(timeout=1, allowed_protocols={"data"}, allow_redirects=False, fail_on_errors=True)
        self._rooms = {name: tuple(folder.resolve() for folder in folders) for name, folders in rooms.items()}
        self.refused: list[str] = []
        self.sheets: list[str] = []

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        """The file behind `url`; raises FatalURLFetchingError for anything that is not ours to read."""
        if url.startswith("data:"):
            return self._fetch_data(url, headers)
        path = self._find(url)
        data = path.read_bytes()
        if path.suffix.lower() == ".css":
            self.sheets.append(data.decode("utf-8", "replace"))
        return URLFetcherResponse(url, data, {"Content-Type": TYPES[path.suffix.lower()]})

    def _fetch_data(self, url: str, headers: Mapping[str, str] | None) -> URLFetcherResponse:
        media_type = url[:40].split(",", 1)[0].split(";", 1)[0].lower()
        if media_type not in DATA_IMAGES:
            raise self._refusal("alleen afbeeldingen mogen als data: in het document staan", url)
        if len(url) > MAX_BYTES:
            raise self._refusal("de afbeelding is groter dan 20 MB", url)
        return super().fetch(url, headers)

    def _find(self, url: str) -> Path:
        if not url.startswith(BASE):
            raise self._refusal("adres buiten het project", url)
        room, _, name = unquote(urlsplit(url).path).lstrip("/").partition("/")
        if not name or "\0" in name or "\\" in name or ".." in name.split("/"):
            raise self._refusal("geen geldig pad", url)
        for folder in self._rooms.get(room, ()):
            path = (folder / name).resolve()
            if path.is_file():
                return self._checked(path, folder, url)
        raise self._refusal("bestand niet gevonden", url)

    def _checked(self, path: Path, folder: Path, url: str) -> Path:
        # Resolved first, so a symbolic link that leads out of the folder is seen for what it is.
        if not path.is_relative_to(folder):
            raise self._refusal("bestand buiten de toegestane mappen", url)
        if path.suffix.lower() not in TYPES:
            raise self._refusal("soort bestand niet toegestaan", url)
        if path.stat().st_size > MAX_BYTES:
            raise self._refusal("het bestand is groter dan 20 MB", url)
        return path

    def _refusal(self, reason: str, url: str) -> FatalURLFetchingError:
        shown = url if len(url) <= 90 else url[:87] + "..."
        self.refused.append(f"{reason}: {shown}")
        return FatalURLFetchingError(self.refused[-1])
