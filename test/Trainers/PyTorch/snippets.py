"""The Python of docs/pytorch.md, for the tests and for make_sequentials.py: what stands there is what runs."""

import re


def of(path):
    """All Python blocks of a page, in one namespace."""
    text = open(path, encoding="utf-8").read()
    names = {}
    for block in re.findall(r"```python\n(.*?)```", text, re.DOTALL):
        exec(block, names)
    return names
