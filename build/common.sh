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

libstdcxx=$("$root/build/libstdcxx.sh")
if [ -n "$libstdcxx" ]; then
    export LD_LIBRARY_PATH=$libstdcxx${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
fi
