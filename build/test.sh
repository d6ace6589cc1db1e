#!/usr/bin/env bash
# Sets up, builds everything, checks the formatting, runs all tests and all samples.
# The last line counts them: N passed, N failed, N skipped
set -uo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
cd "$root" || exit 1

require_sdk
require_npm
offer_chromium
offer_mpich
offer_linker

# Rules of style are held by the compiler, which has read everything, in a fifth of the time of dotnet format; what is left to that is
# blanks, line ends and the order of usings, one on each of two processors.
say "Building, with the rules of style..."
dotnet build MLExtensions.sln -c Release -v quiet --nologo -clp:NoSummary -p:EnforceCodeStyleInBuild=true || exit 1

say "Checking the formatting..."
dotnet format style MLExtensions.sln --no-restore --verify-no-changes --diagnostics IMPORTS &
usings=$!
dotnet format whitespace MLExtensions.sln --no-restore --verify-no-changes || exit 1
wait $usings || exit 1

results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
status=0

# Tests of MLExtensions.sln, with a name for the run and further arguments of dotnet test.
run_tests() {
    local name=$1
    shift
    say "Testing: $name..."
    dotnet test "$@" -c Release --no-build --nologo --logger "console;verbosity=minimal" >"$results/$name.log" 2>&1 || status=1
    grep -vE '^(Test run for|VSTest version|Starting test execution|A total of|$)' "$results/$name.log"
}

run_tests all MLExtensions.sln
DOTNET_EnableHWIntrinsic=0 run_tests without-vector-instructions test/Networks --filter TestCategory=Engine

# The sum over the lines "Failed: a, Passed: b, Skipped: c, ..." that each test project ends with.
total() { cat "$results"/*.log | sed -nE "s/.*$1: +([0-9]+),.*/\1/p" | awk '{ sum += $1 } END { print sum + 0 }'; }

passed=$(total Passed) failed=$(total Failed) skipped=$(total Skipped)
if [ "$passed" -eq 0 ] || [ "$failed" -gt 0 ]; then
    status=1
fi
say "$passed passed, $failed failed, $skipped skipped"
exit $status
