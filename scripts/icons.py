#!/usr/bin/env python3
"""Draws the icons of the installed app anew: public/icon-*.png, the same picture as public/icon.svg. It fills the square and stays
within the circle that every system leaves of a maskable icon. Run it when the picture changes, and commit what comes of it."""

import math
import struct
import zlib
from pathlib import Path

PUBLIC = Path(__file__).resolve().parent.parent / "public"
GROUND = (0x0B, 0x5A, 0x66)
INK = (0xFF, 0xFF, 0xFF)
# In units of the picture: 32 a side, drawn at three quarters in the middle.
DOTS = [((11, 9), 3), ((22, 22), 3)]
LINES = [((11, 9), (11, 19)), ((14, 22), (22, 22))]
BEND, BEND_RADIUS = (14, 19), 3
HALF_STROKE = 1.25


def to_line(x, y, start, end):
    (ax, ay), (bx, by) = start, end
    along = ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / ((bx - ax) ** 2 + (by - ay) ** 2)
    along = min(1, max(0, along))
    return math.hypot(x - ax - along * (bx - ax), y - ay - along * (by - ay))


def outside(x, y):
    """How far a point lies outside of what is drawn; negative within."""
    far = [math.hypot(x - cx, y - cy) - radius for (cx, cy), radius in DOTS]
    far += [to_line(x, y, *line) - HALF_STROKE for line in LINES]
    cx, cy = BEND
    if x <= cx and y >= cy:
        far.append(abs(math.hypot(x - cx, y - cy) - BEND_RADIUS) - HALF_STROKE)
    return min(far)


def picture(size):
    rows = bytearray()
    unit = 32 / size / 0.75
    for row in range(size):
        rows.append(0)
        for column in range(size):
            x, y = (((place + 0.5) * 32 / size - 4) / 0.75 for place in (column, row))
            covered = min(1, max(0, 0.5 - outside(x, y) / unit))
            rows += bytes(round(ground + (ink - ground) * covered) for ground, ink in zip(GROUND, INK))
    return bytes(rows)


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


for size in (180, 192, 512):
    head = struct.pack(">IIBBBBB", size, size, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(picture(size), 9)) + chunk(b"IEND", b"")
    (PUBLIC / f"icon-{size}.png").write_bytes(b"\x89PNG\r\n\x1a\n" + body)
