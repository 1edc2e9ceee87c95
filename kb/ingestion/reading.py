"""Reading a document from a file, whatever is wrong with the file."""

from __future__ import annotations

import hashlib
from pathlib import Path

from kb.ingestion.errors import IngestionError
from kb.ingestion.lines import Source

LARGEST = 50 * 1024 * 1024
# Share of characters that no French text holds (controls, replacement marks) from which a file is not a text.
FOREIGN_SHARE = 0.005
WANTED = (".txt", ".pdf")


def read(path: Path) -> Source:
    """Return the pages of a document.

    Raises:
        IngestionError: for a file that is missing, too large, empty, of another type, encrypted or damaged.
    """
    _check(path)
    data = path.read_bytes()
    is_pdf = data[:1024].lstrip().startswith(b"%PDF-")
    if path.suffix.lower() == ".pdf" and not is_pdf:
        raise IngestionError(f"{path.name} : ce fichier n'est pas un PDF malgré son nom. Redemandez le document.")
    if is_pdf:
        from kb.ingestion.pdf import pdf_pages  # the PDF library takes a while to load

        pages = pdf_pages(path.name, data)
    else:
        pages = _text_pages(path.name, data)
    if not any(line.strip() for page in pages for line in page):
        raise IngestionError(
            f"{path.name} : aucun texte à lire. Un PDF fait d'images (document scanné) doit d'abord passer par une "
            "reconnaissance de caractères."
        )
    return Source(path.stem, hashlib.sha256(data).hexdigest(), pages)


def _check(path: Path) -> None:
    if not path.exists():
        raise IngestionError(f"{path} : fichier introuvable.")
    if not path.is_file():
        raise IngestionError(f"{path} : ce n'est pas un fichier.")
    if path.suffix.lower() not in WANTED:
        raise IngestionError(f"{path.name} : type de fichier non pris en charge. Donnez un fichier .txt ou .pdf.")
    size = path.stat().st_size
    if size == 0:
        raise IngestionError(f"{path.name} : le fichier est vide.")
    if size > LARGEST:
        raise IngestionError(
            f"{path.name} : {size / 1024 / 1024:.0f} Mo, la limite est de {LARGEST // 1024 // 1024} Mo. "
            "Un document de cette taille n'est sans doute pas le bon ; sinon, découpez-le ou réduisez ses images."
        )


def _text_pages(name: str, data: bytes) -> tuple[tuple[str, ...], ...]:
    text = _decoded(name, data)
    foreign = sum(1 for character in text if character == "\ufffd" or (character < " " and character not in "\t\n\r\f"))
    if foreign > FOREIGN_SHARE * len(text):
        raise _not_text(name)
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return tuple(tuple(page.split("\n")) for page in text.split("\f"))


def _decoded(name: str, data: bytes) -> str:
    if b"\x00" in data:
        raise _not_text(name)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        # Older exports of word processors.
        return data.decode("cp1252", errors="replace")


def _not_text(name: str) -> IngestionError:
    return IngestionError(
        f"{name} : ce n'est pas un texte mais un fichier binaire. Donnez le document en .txt (UTF-8) ou en .pdf."
    )
