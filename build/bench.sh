#!/usr/bin/env bash
# Measures:
#   build/bench.sh speed [sections] [--json] ...   speed beside PyTorch and scikit-learn, where a python3 has them
#   build/bench.sh bdn [arguments]                 BenchmarkDotNet classes; --list flat names them, --filter '*Scoring*' picks
#   build/bench.sh torchsharp [cpu | cuda [ROWS]]  the engine on libtorch beside a loop written by hand; TORCHSHARP_NATIVE=cuda-linux
#                                                  takes the native library for NVIDIA GPUs
#   build/bench.sh accuracy [seeds]                what default options reach on real data
# Standard output has the results alone.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

require_sdk
project=$root/test/Benchmarks
export TorchSharpNative=${TORCHSHARP_NATIVE:-cpu}
dotnet build "$project" -c Release -v quiet --nologo -clp:NoSummary >&2
if [ "${1:-}" = bdn ]; then
    cd "$root" # BenchmarkDotNet looks for the project from here on, and leaves its artifacts here
fi
exec dotnet run --project "$project" -c Release --no-build -- "$@"
