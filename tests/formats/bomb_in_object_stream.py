"""Read a PDF whose object stream unpacks to 400 MB; print the seconds and the peak MiB of the process.

Run by test_facturx_extract in a process of its own, since memory once used by a process never shows as given back.
"""

import re
import time
import zlib
from pathlib import Path

from reglo.core.errors import UnreadableDocument
from reglo.formats.facturx import extract_invoice


def a_bomb() -> bytes:
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b" " * 10_000_000) for _ in range(40)) + packer.flush()
    head = b"%PDF-1.7\n"
    objects = b"1 0 obj\n<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>\nstream\n" % len(packed)
    objects += packed + b"\nendstream\nendobj\n"
    place = len(head) + len(objects)
    rows = bytes([0, 0, 0, 0, 0, 0, 1]) + bytes([1]) + (len(head)).to_bytes(5, "big") + bytes([0])
    rows += bytes([2]) + (1).to_bytes(5, "big") + bytes([0])
    table = b"3 0 obj\n<</Type/XRef/Size 3/W[1 5 1]/Root 2 0 R/Length %d>>\nstream\n" % len(rows)
    return head + objects + table + rows + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % place


def peak_mib() -> int:
    """The most memory held so far. (What getrusage says counts the process that started this one as well.)"""
    [kilobytes] = re.findall(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    return int(kilobytes) // 1024


if __name__ == "__main__":
    bomb = a_bomb()
    start = time.perf_counter()
    try:
        extract_invoice(bomb)
    except UnreadableDocument:
        print(time.perf_counter() - start, peak_mib())
