"""The metadata of a PDF as XMP, with what it claims to be: PDF/A-2a or 3a, and PDF/UA-1.

ISO 16684-1 (XMP), ISO 19005-2 6.6 (PDF/A), ISO 14289-1 5 (PDF/UA). All of it comes from the document, no clock.
"""

from __future__ import annotations

from dataclasses import dataclass
from xml.sax.saxutils import escape

_OPEN = '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n<x:xmpmeta xmlns:x="adobe:ns:meta/">\n'
_CLOSE = '</x:xmpmeta>\n<?xpacket end="r"?>'
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_SPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "pdfaExtension": "http://www.aiim.org/pdfa/ns/extension/",
    "pdfaSchema": "http://www.aiim.org/pdfa/ns/schema#",
    "pdfaProperty": "http://www.aiim.org/pdfa/ns/property#",
}
# PDF/A allows only properties that it knows or that are described in the file; it is older than PDF/UA.
_EXTENSION = """<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
"""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a file says of itself; '' leaves it out. Dates are W3C dates ('2025-07-01')."""

    title: str
    author: str
    description: str
    keywords: str
    language: str
    created: str
    modified: str
    creator: str
    producer: str


def packet(facts: Facts, pdfa_part: int) -> bytes:
    """The XMP packet of a file that is PDF/A of this part, level a, and PDF/UA-1."""
    spaces = "".join(f' xmlns:{prefix}="{address}"' for prefix, address in _SPACES.items())
    simple = {
        "pdfaid:part": str(pdfa_part),
        "pdfaid:conformance": "A",
        "pdfuaid:part": "1",
        "pdf:Producer": facts.producer,
        "pdf:Keywords": facts.keywords,
        "xmp:CreatorTool": facts.creator,
        "xmp:CreateDate": facts.created,
        "xmp:ModifyDate": facts.modified,
    }
    lines = [f"<{name}>{escape(value)}</{name}>\n" for name, value in simple.items() if value]
    lines += [
        _list("dc:title", "Alt", facts.title, ' xml:lang="x-default"'),
        _list("dc:description", "Alt", facts.description, ' xml:lang="x-default"'),
        _list("dc:creator", "Seq", facts.author),
        _list("dc:language", "Bag", facts.language),
    ]
    inside = "".join(lines)
    description = f'<rdf:Description rdf:about=""{spaces}>\n{inside}{_EXTENSION}</rdf:Description>\n'
    return f'{_OPEN}<rdf:RDF xmlns:rdf="{_RDF}">\n{description}</rdf:RDF>\n{_CLOSE}'.encode()


def _list(name: str, kind: str, value: str, attributes: str = "") -> str:
    if not value:
        return ""
    return f"<{name}><rdf:{kind}><rdf:li{attributes}>{escape(value)}</rdf:li></rdf:{kind}></{name}>\n"
