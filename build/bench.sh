#!/usr/bin/env bash
# Measures:
#   build/bench.sh speed [sections] [--json] ...   speed beside PyTorch and scikit-learn, where a python3 has them
#   build/bench.sh bdn [arguments]                 BenchmarkDotNet classes; --list flat names them, --filter '*Scoring*' picks
#   build/bench.sh torchsharp [cpu | cuda [ROWS]]  the engine on libtorch beside a loop written by hand; TORCHSHARP_NATIVE=cuda-linux
#                                                  takes the native library for NVIDIA GPUs
#   build/bench.sh accuracy [--quick] [--sets a,b] [--contenders a,b] [--seeds N|FIRST-LAST] [--markdown FILE] ...
#                                                  accuracy beside ML.NET's boosted trees and scikit-learn, on the same rows of real data:
#                                                  two hours, --quick ten minutes
#   build/bench.sh web [connections [seconds]]     samples/WebService under load, beside the same server without a model
#   build/bench.sh defaults [seeds]                what default options reach, as ML.NET's own tools measure it
# Standard output has the results alone.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

require_sdk
project=$root/test/Benchmarks
export TorchSharpNative=${TORCHSHARP_NATIVE:-cpu}
# Speed is that of the packages, which bring their code compiled ahead of time.
dotnet build "$project" -c Release -v quiet --nologo -clp:NoSummary -p:MeasurePackages=$([ "${1:-}" = speed ] && echo true) >&2
if [ "${1:-}" = bdn ]; then
    cd "$root" # BenchmarkDotNet looks for the project from here on, and leaves its artifacts here
fi
# Threads of LightGBM and scikit-learn spin while they wait, and where another process takes a processor, 0.5 s of work take 50.
if [ "${1:-}" = accuracy ]; then
    export OMP_WAIT_POLICY=${OMP_WAIT_POLICY:-passive}
fi
# The service answers by the model that samples/Adult trains and saves.
if [ "${1:-}" = web ]; then
    adult=$root/artifacts/bin/Adult/release service=$root/artifacts/bin/WebService/release
    dotnet build "$root/samples/WebService" -c Release -v quiet --nologo -clp:NoSummary >&2
    if [ ! -f "$adult/adult.zip" ]; then
        dotnet build "$root/samples/Adult" -c Release -v quiet --nologo -clp:NoSummary >&2
        (cd "$adult" && dotnet exec Adult.dll >&2)
    fi
    set -- web "$service/WebService.dll" "$adult/adult.zip" "${@:2}"
fi
exec dotnet run --project "$project" -c Release --no-build -- "$@"
