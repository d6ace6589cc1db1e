#!/usr/bin/env bash
# Measures: build/bench.sh accuracy [seeds] prints what default options reach on real data.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

require_sdk
choose_build
dotnet build "$root/test/Benchmarks" -c Release -v quiet --nologo -clp:NoSummary
exec dotnet run --project "$root/test/Benchmarks" -c Release --no-build -- "$@"
