"""Pictures for the README, made from what `make demo` left in out/: `make shots`."""

import sys
from pathlib import Path

import pypdfium2
from PIL import Image

_PAGES = {"facture-solde.png": "F2026-0107.pdf", "facture-remises.png": "F2026-0104.pdf"}
_MARGIN, _SHADE = 14, (208, 210, 214)


def main(out: Path, pictures: Path) -> None:
    """Write one PNG a page into `pictures`."""
    pictures.mkdir(parents=True, exist_ok=True)
    for name, source in _PAGES.items():
        page = pypdfium2.PdfDocument(out / "facturx" / source)[0].render(scale=1.5).to_pil()
        framed = Image.new("RGB", (page.width + _MARGIN, page.height + _MARGIN), _SHADE)
        framed.paste(page, (_MARGIN // 2, _MARGIN // 2))
        framed.quantize(64).save(pictures / name, optimize=True)
        print(pictures / name)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
