"""Writes python.safetensors as the format is specified (https://github.com/huggingface/safetensors), with numpy's bytes."""
import json
import pathlib
import struct

import numpy as np

tensors = {
    "layer.weight": np.array([[0, 1.5, -2], [1.401298464324817e-45, np.finfo(np.float32).max, -0.0]], np.float32),
    "mean": np.array([np.pi, -1e300], np.float64),
    "scalar": np.array(7, np.float32),
    "none": np.zeros((0, 4), np.float64),
}

header, data = {}, b""
for name, values in tensors.items():
    start = len(data)
    data += values.astype(values.dtype.newbyteorder("<")).tobytes()
    header[name] = {
        "dtype": {"float32": "F32", "float64": "F64"}[values.dtype.name],
        "shape": list(values.shape),
        "data_offsets": [start, len(data)],
    }

text = json.dumps(header, separators=(",", ":")).encode()
text += b" " * (-len(text) % 8)
pathlib.Path(__file__).with_name("python.safetensors").write_bytes(struct.pack("<Q", len(text)) + text + data)
