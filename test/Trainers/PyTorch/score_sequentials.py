"""What the Python of docs/pytorch.md makes of files of ours: for each in a folder the outputs for the rows of rows.json, as outputs.json.

python3 score_sequentials.py PAGE FOLDER
"""

import json
import os
import sys

import torch

import snippets

page, folder = sys.argv[1:]
names = snippets.of(page)
rows = torch.tensor(json.load(open(os.path.join(folder, "rows.json"))))
outputs = {}
for file in sorted(os.listdir(folder)):
    path = os.path.join(folder, file)
    if file.endswith(".safetensors"):
        with torch.no_grad():
            model, about = names["load_sequential"](path)
            outputs[file] = model(rows).tolist()
        # And back, as PyTorch prints it.
        names["save_sequential"](model, path + ".back")
    elif file.endswith(".zip"):
        with torch.no_grad():
            outputs[file] = names["open_archive"](path)(rows).tolist()
json.dump(outputs, open(os.path.join(folder, "outputs.json"), "w"))
