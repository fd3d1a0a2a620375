"""Reads a PDF with pypdf and prints as JSON what PDF/A-3a asks for, as far as that can be seen without judging glyphs and colours.

check_archive.py FILE
"""

import json
import sys

import pypdf


def fonts(page):
    for font in page["/Resources"].get("/Font", {}).values():
        font = font.get_object()
        inner = font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font
        descriptor = inner.get("/FontDescriptor", {})
        descriptor = descriptor.get_object() if descriptor else {}
        yield {
            "name": str(font["/BaseFont"]),
            "embedded": any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3")),
            "unicode": "/ToUnicode" in font,
        }


def tagged(node):
    """How many elements the structure has, and which pictures among them say nothing in words."""
    count, mute = 0, 0
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        parts = [tagged(part) for part in node]
    elif isinstance(node, dict):
        count = 1 if "/S" in node else 0
        mute = 1 if node.get("/S") == "/Figure" and "/Alt" not in node else 0
        parts = [tagged(node["/K"])] if "/K" in node else []
    else:
        parts = []
    return count + sum(part[0] for part in parts), mute + sum(part[1] for part in parts)


def attachment(specification):
    specification = specification.get_object()
    return {
        "name": str(specification.get("/UF") or specification.get("/F")),
        "relationship": str(specification.get("/AFRelationship")),
        "type": str(specification["/EF"]["/F"].get_object().get("/Subtype")),
        "content": specification["/EF"]["/F"].get_object().get_data().decode("utf-8"),
    }


def main(path):
    reader = pypdf.PdfReader(path, strict=True)
    root = reader.trailer["/Root"]
    intent = root["/OutputIntents"][0].get_object()
    elements, mute = tagged(root["/StructTreeRoot"])
    print(
        json.dumps(
            {
                "encrypted": reader.is_encrypted,
                "id": "/ID" in reader.trailer,
                "marked": bool(root["/MarkInfo"]["/Marked"]),
                "language": str(root["/Lang"]),
                "elements": elements,
                "mute_pictures": mute,
                "intent": str(intent["/S"]),
                "profile": len(intent["/DestOutputProfile"].get_object().get_data()) > 0,
                "acts": [name for name in ("/OpenAction", "/AA", "/AcroForm") if name in root]
                + [name for name in ("/JavaScript",) if name in root.get("/Names", {})],
                "fonts": [font for page in reader.pages for font in fonts(page)],
                "attachments": [attachment(file) for file in root.get("/AF", [])],
                "metadata": root["/Metadata"].get_object().get_data().decode("utf-8"),
            }
        )
    )


main(sys.argv[1])
