#!/usr/bin/env bash
# Measures:
#   build/bench.sh speed [sections] [--json] ...   speed beside PyTorch and scikit-learn, where a python3 has them
#   build/bench.sh bdn [arguments]                 BenchmarkDotNet classes; --list flat names them, --filter '*Scoring*' picks
#   build/bench.sh accuracy [seeds]                what default options reach on real data
# Standard output has the results alone.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

require_sdk
choose_build >&2
dotnet build "$root/test/Benchmarks" -c Release -v quiet --nologo -clp:NoSummary >&2
if [ "${1:-}" = bdn ]; then
    cd "$root" # BenchmarkDotNet looks for the project from here on, and leaves its artifacts here
fi
exec dotnet run --project "$root/test/Benchmarks" -c Release --no-build -- "$@"
