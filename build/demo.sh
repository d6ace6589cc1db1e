#!/usr/bin/env bash
# Sets up, builds, and runs the README's example: a raw table, cross-validated, trained, evaluated, saved, loaded and used.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

require_sdk
say "Building..."
dotnet build "$root/samples/Adult" -c Release -v quiet --nologo -clp:NoSummary
exec dotnet run --project "$root/samples/Adult" -c Release --no-build
