"""What makes the engine's file one for the archive: PDF/A-2a, or 3a with attachments (ISO 19005-2 and -3).

The engine writes its variant 2u: fonts, colours, an output intent, an identifier from the content. Here come the
metadata as one packet that also says PDF/UA-1, pictures without interpolation, and the attachments.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import md5
from importlib.resources import files
from typing import Any

import pydyf
from weasyprint.css import ColorProfile

from halfjaarbericht.pdf.jobs import Attachment
from halfjaarbericht.pdf.xmp import Facts, packet

# With an output intent of our own name the engine takes the one profile that the document has; asked for its own sRGB
# it would open the profile's file and leave it open.
OPTIONS = {"pdf_variant": "pdf/a-2u", "output_intent": "sRGB"}


def srgb() -> dict[str, Any]:
    """The colour profiles that a document needs: sRGB, as the meaning of all its colours (6.2.3)."""
    with (files("weasyprint.pdf") / "sRGB2014.icc").open("rb") as profile:
        return {"sRGB": ColorProfile(profile, "sRGB2014.icc", "relative-colorimetric", (["r"], ["g"], ["b"]))}


def finish(pdf: Any, metadata: Any, attachments: Sequence[Attachment]) -> None:
    """Complete a PDF that the engine has drawn with OPTIONS and that has a tag tree; nothing may be added after."""
    if attachments:
        _attach(pdf, attachments)
    _write_metadata(pdf, facts(metadata, pdf), 3 if attachments else 2)
    for each in pdf.objects:
        if isinstance(each, pydyf.Stream) and each.extra.get("Subtype") == "/Image":
            each.extra.pop("Interpolate", None)  # 6.2.8: not allowed
    _freeze_streams(pdf)


def facts(metadata: Any, pdf: Any) -> Facts:
    """What the document information dictionary says, for the packet to say the same (6.6.3)."""
    producer = pdf.info["Producer"].string
    return Facts(
        title=metadata.title or "",
        author=", ".join(metadata.authors),
        description=metadata.description or "",
        keywords=", ".join(metadata.keywords),
        language=metadata.lang or "",
        created=metadata.created or "",
        modified=metadata.modified or "",
        creator=metadata.generator or "",
        producer=producer,
    )


def _write_metadata(pdf: Any, said: Facts, part: int) -> None:
    """Replace the engine's packet, uncompressed so that a program that knows no PDF can find it (6.6.2)."""
    stream = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
    stream.stream = [packet(said, part)]
    stream.compress = False


# --- attachments ------------------------------------------------------------------------------------------------


def _attach(pdf: Any, attachments: Sequence[Attachment]) -> None:
    """Embed files in the order of their names, each with what it is to the document (ISO 19005-3, 6.8)."""
    embedded = [(each.name, _embed(pdf, each)) for each in sorted(attachments, key=lambda each: each.name)]
    names = pydyf.Array()
    for name, file in embedded:
        names.extend((pydyf.String(name), file.reference))
    tree = pydyf.Dictionary({"Names": names})
    pdf.add_object(tree)
    pdf.catalog.setdefault("Names", pydyf.Dictionary())["EmbeddedFiles"] = tree.reference
    pdf.catalog["AF"] = pydyf.Array([file.reference for _, file in embedded])


def _embed(pdf: Any, attachment: Attachment) -> Any:
    date = pydyf.String(f"D:{attachment.date:%Y%m%d}") if attachment.date else None
    dates = {"CreationDate": date, "ModDate": date} if date else {}
    checksum = md5(attachment.data, usedforsecurity=False).hexdigest()
    parameters = pydyf.Dictionary({"Size": len(attachment.data), "CheckSum": f"<{checksum}>", **dates})
    extra = {"Type": "/EmbeddedFile", "Subtype": pydyf.name(attachment.mime), "Params": parameters}
    data = pydyf.Stream([attachment.data], pydyf.Dictionary(extra), compress=True)
    pdf.add_object(data)
    file = pydyf.Dictionary(
        {
            "Type": "/Filespec",
            "F": pydyf.String(attachment.name),
            "UF": pydyf.String(attachment.name),
            "Desc": pydyf.String(attachment.description),
            "AFRelationship": f"/{attachment.relationship}",
            "EF": pydyf.Dictionary({"F": data.reference, "UF": data.reference}),
        }
    )
    pdf.add_object(file)
    return file


# --- cost -------------------------------------------------------------------------------------------------------


class _Frozen(pydyf.Stream):  # type: ignore[misc]
    data = b""


def _freeze_streams(pdf: Any) -> None:
    """Compress each stream once: the engine asks for their bytes twice, for the identifier and for the file."""
    for number, each in enumerate(pdf.objects):
        if isinstance(each, pydyf.Stream):
            frozen = _Frozen()
            frozen.number, frozen.data = each.number, each.data
            pdf.objects[number] = frozen
