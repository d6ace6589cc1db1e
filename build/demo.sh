#!/usr/bin/env bash
# Sets up, builds, and runs the sample that shows most: scale, train, cross-validate, save, load and predict on real data.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

require_sdk
say "Building..."
dotnet build "$root/samples/BreastCancer" -c Release -v quiet --nologo -clp:NoSummary
exec dotnet run --project "$root/samples/BreastCancer" -c Release --no-build
