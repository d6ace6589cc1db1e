#!/usr/bin/env bash
# Measures:
#   build/bench.sh accuracy [seeds]              what default options reach on real data
#   build/bench.sh torchsharp [cpu | cuda ROWS]  the engine on libtorch beside a loop written by hand; TORCHSHARP_NATIVE=cuda-linux
#                                                takes the native library for NVIDIA GPUs
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

require_sdk
choose_build
project=$root/test/Benchmarks
if [ "${1:-}" = torchsharp ]; then
    shift
    if [ "$torchsharp" = none ]; then
        say "This needs TorchSharp." >&2
        exit 1
    fi
    project=$root/test/Benchmarks.TorchSharp
    export TorchSharpNative=${TORCHSHARP_NATIVE:-cpu}
fi
dotnet build "$project" -c Release -v quiet --nologo -clp:NoSummary
exec dotnet run --project "$project" -c Release --no-build -- "$@"
