# What the scripts of this folder share: the SDK, and what TorchSharp's native library needs. Sourced, not run.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

say() { printf '%s\n' "$*"; }

require_sdk() {
    if ! command -v dotnet >/dev/null || ! (cd "$root" && dotnet --version >/dev/null 2>&1); then
        say "The .NET 10 SDK is needed and was not found. Get it from https://dotnet.microsoft.com/download/dotnet/10.0" >&2
        exit 1
    fi
}

# The charts of reports are a package of npm, which src/Reports fetches once.
require_npm() {
    if ! command -v npm >/dev/null && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        say "Installing npm..."
        apt-get update -qq >/dev/null && apt-get install -qq -y --no-install-recommends npm >/dev/null
    fi
    if ! command -v npm >/dev/null; then
        say "npm is needed, once, and was not found. Get it with Node.js from https://nodejs.org" >&2
        exit 1
    fi
}

# Pages are looked at in a browser; without one those tests are skipped.
offer_chromium() {
    if ! command -v chromium >/dev/null && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        say "Installing Chromium..."
        { apt-get update -qq && apt-get install -qq -y --no-install-recommends chromium; } >/dev/null 2>&1 || say "It could not be installed: tests of pages will be skipped."
    fi
}

# Training in several processes is tested on MPICH, and on hosts that ip makes; without them those tests are skipped.
offer_mpich() {
    if [ "$(uname)" = Linux ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null \
        && ! { { command -v mpiexec.mpich || command -v mpiexec.hydra; } && command -v ip; } >/dev/null; then
        say "Installing MPICH and iproute2..."
        { apt-get update -qq && apt-get install -qq -y --no-install-recommends mpich iproute2; } >/dev/null 2>&1 || say "They could not be installed: tests of training in several processes will be skipped."
    fi
}

# Programs that are compiled ahead of time are linked by clang or gcc, with zlib; without them those tests are skipped.
offer_linker() {
    if [ "$(uname)" = Linux ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null \
        && ! { { command -v clang || command -v gcc; } >/dev/null && [ -f /usr/include/zlib.h ]; }; then
        say "Installing clang and zlib..."
        { apt-get update -qq && apt-get install -qq -y --no-install-recommends clang zlib1g-dev; } >/dev/null 2>&1 || say "They could not be installed: tests of programs compiled ahead of time will be skipped."
    fi
}

libstdcxx=$("$root/build/libstdcxx.sh")
if [ -n "$libstdcxx" ]; then
    export LD_LIBRARY_PATH=$libstdcxx${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
fi
