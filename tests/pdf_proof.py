"""What a PDF says of itself, held against PDF/A-3a and PDF/UA-1 as far as it can be read without a validator."""

import io
import re
from collections.abc import Iterator

from pypdf import PageObject, PdfReader
from pypdf.generic import ArrayObject, DictionaryObject

HEADING = re.compile(r"/H([1-6])")
PROGRAM_FILES = ("/FontFile", "/FontFile2", "/FontFile3")


def pdf_faults(content: bytes) -> list[str]:
    """Each rule that the file breaks, in words; none for a file that is what it claims to be."""
    reader = PdfReader(io.BytesIO(content))
    return [*_faults_of_catalog(reader), *_faults_of_pages(reader), *_faults_of_tree(reader)]


def _faults_of_catalog(reader: PdfReader) -> Iterator[str]:
    root = reader.root_object
    title = reader.metadata.title if reader.metadata else ""
    # Attributes or elements, whichever way the writer puts them: both are the same RDF.
    stream = root["/Metadata"].get_data().decode() if "/Metadata" in root else ""
    metadata = re.sub(r'="([^"]*)"', r">\1<", stream)
    expected = {
        "encrypted": not reader.is_encrypted,
        "not marked as tagged": root.get("/MarkInfo", {}).get("/Marked"),
        "without a language": root.get("/Lang") == "fr",
        "without a title": title,
        "the title is not shown": root.get("/ViewerPreferences", {}).get("/DisplayDocTitle"),
        "without an output intent": root.get("/OutputIntents"),
        "runs something": "/AA" not in root and "/JavaScript" not in root.get("/Names", {}),
        "not PDF/A-3": "pdfaid:part>3<" in metadata,
        "not PDF/A of level A": "pdfaid:conformance>A<" in metadata,
        "not PDF/UA-1": "pdfuaid:part>1<" in metadata,
        "metadata has another title": title and title in metadata.replace("&amp;", "&"),
    }
    yield from (fault for fault, kept in expected.items() if not kept)


def _faults_of_pages(reader: PdfReader) -> Iterator[str]:
    for number, page in enumerate(reader.pages, 1):
        if "/StructParents" not in page:
            yield f"page {number}: nothing leads from its contents to the tree"
        for name, font in _fonts(page):
            if not any(program in _descriptor(font) for program in PROGRAM_FILES):
                yield f"page {number}: {name} is not embedded"
            if "/ToUnicode" not in font:
                yield f"page {number}: {name} cannot be read as text"
        for found in page.get("/Annots", ()):
            link = found.get_object()
            if "/Contents" not in link or "/StructParent" not in link:
                yield f"page {number}: a link has no words or no place in the tree"


def _fonts(page: PageObject) -> Iterator[tuple[str, DictionaryObject]]:
    fonts = page["/Resources"].get("/Font", {})
    for found in fonts.values():
        font = found.get_object()
        yield str(font["/BaseFont"]), font


def _descriptor(font: DictionaryObject) -> DictionaryObject:
    inner = font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font
    return inner["/FontDescriptor"].get_object()


def _faults_of_tree(reader: PdfReader) -> Iterator[str]:
    root = reader.root_object.get("/StructTreeRoot")
    if root is None:
        yield "without a tree"
        return
    elements = list(_elements(root["/K"]))
    level = 0
    for element in elements:
        if found := HEADING.fullmatch(element["/S"]):
            if int(found[1]) > level + 1:
                yield f"a heading of level {found[1]} under level {level}"
            level = int(found[1])
    yield from ("a figure has no words" for each in elements if each["/S"] == "/Figure" and not each.get("/Alt"))
    headers = [each for each in elements if each["/S"] == "/TH"]
    yield from ("a header heads nothing" for each in headers if "/Scope" not in each.get("/A", {}))
    names = root["/IDTree"]["/Names"][::2] if "/IDTree" in root else []
    if sorted(each["/ID"] for each in headers) != names:
        yield "the tree of the identifiers is not theirs"
    told = {name for each in elements for name in each.get("/A", {}).get("/Headers", ())}
    yield from (f"a cell has an unknown header, {name}" for name in told.difference(names))


def _elements(kids: object) -> Iterator[DictionaryObject]:
    """Depth first, in reading order; the contents themselves (numbers, references to objects) left out."""
    for kid in kids if isinstance(kids, ArrayObject) else [kids]:
        element = kid.get_object()
        if isinstance(element, DictionaryObject) and "/S" in element:
            yield element
            yield from _elements(element.get("/K", ArrayObject()))
