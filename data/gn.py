"""Reads and writes containers (.gn) with NumPy, without any of the programs. data/README.md is the format's page.

    header, arrays = gn.read("network.gn")   # {"kind": "network", "recipe.units": "100", ...}, {"rec": ..., ...}
    gn.write("mine.gn", header, arrays)      # little-endian arrays of u1 u2 u4 i4 i8 f4 f8; whole, with its hash
"""
import ctypes
import ctypes.util
import os
import struct

import numpy

MAGIC = b"\x89GNV\r\n\x1a\n\x0d\x0c\x0b\x0a"


def read(path):
    raw = open(path, "rb").read()
    assert raw[:12] == MAGIC and raw[12:14] == b"\1\0", path + ": not a container of version 1"
    size, whole = struct.unpack("<QQ", raw[16:32])
    assert whole == len(raw) and raw[-16:] == xxh3_128(raw[:-16]), path + ": damaged"
    data = (32 + size + 63) // 64 * 64
    header = dict(line.split("\t") for line in raw[32:32 + size].decode().split("\n")[:-1])
    arrays = {}
    for key in [key for key in header if key.startswith("array.")]:
        kind, shape, offset = header.pop(key).split()
        shape = [int(extent) for extent in shape.split("x")]
        kind = "<" + kind[0] + str(int(kind[1:]) // 8)
        arrays[key[6:]] = numpy.frombuffer(raw, kind, numpy.prod(shape), data + int(offset)).reshape(shape)
    return header, arrays


def write(path, header, arrays):
    lines, data = ["%s\t%s\n" % item for item in header.items()], b""
    for name, array in arrays.items():
        kind = array.dtype.kind + str(8 * array.dtype.itemsize)
        lines.append("array.%s\t%s %s %d\n" % (name, kind, "x".join(map(str, array.shape)), len(data)))
        data += pad(numpy.ascontiguousarray(array, array.dtype.newbyteorder("<")).tobytes())
    text = "".join(lines).encode("ascii")
    begin = pad(bytes(32) + text)[32:]
    whole = 32 + len(begin) + len(data) + 16
    raw = MAGIC + struct.pack("<HHQQ", 1, 0, len(text), whole) + begin + data
    with open(path + ".part", "wb") as file:
        file.write(raw + xxh3_128(raw))
    os.replace(path + ".part", path)


def pad(raw):
    return raw + bytes(-len(raw) % 64)


class _Hash(ctypes.Structure):
    _fields_ = [("low", ctypes.c_uint64), ("high", ctypes.c_uint64)]


_library = ctypes.CDLL(ctypes.util.find_library("xxhash") or "libxxhash.so.0")
_library.XXH3_128bits.restype = _Hash
_library.XXH3_128bits.argtypes = [ctypes.c_char_p, ctypes.c_size_t]


def xxh3_128(raw):
    found = _library.XXH3_128bits(raw, len(raw))
    return struct.pack(">QQ", found.high, found.low)
