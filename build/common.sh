# What demo.sh and test.sh share: the SDK, and the choice between the two builds. Sourced, not run.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

say() { printf '%s\n' "$*"; }

require_sdk() {
    if ! command -v dotnet >/dev/null || ! (cd "$root" && dotnet --version >/dev/null 2>&1); then
        say "The .NET 10 SDK is needed and was not found. Get it from https://dotnet.microsoft.com/download/dotnet/10.0" >&2
        exit 1
    fi
}

# Chooses "packages" or "offline", says which and why, and writes it where every later build finds it.
# MLEXTENSIONS_BUILD=packages or =offline decides without a probe.
choose_build() {
    local choice=${MLEXTENSIONS_BUILD:-} reason
    case $choice in
        packages | offline) reason="MLEXTENSIONS_BUILD asks for it" ;;
        '')
            if dotnet restore "$root/build/probe/MicrosoftML.csproj" -p:MicrosoftMLSource=packages >/dev/null 2>&1; then
                choice=packages reason="Microsoft.ML can be restored"
            else
                choice=offline reason="Microsoft.ML cannot be restored from the NuGet sources here"
            fi ;;
        *)
            say "MLEXTENSIONS_BUILD must be packages or offline, got $choice" >&2
            exit 1 ;;
    esac

    local props="$root/build/local.props"
    printf '<Project>\n  <PropertyGroup>\n    <MicrosoftMLSource>%s</MicrosoftMLSource>\n  </PropertyGroup>\n</Project>\n' "$choice" >"$props.new"
    cmp -s "$props.new" "$props" && rm "$props.new" || mv "$props.new" "$props"

    if [ "$choice" = packages ]; then
        say "Build: packages, with the real Microsoft.ML ($reason)."
    else
        say "Build: offline, with the stand-in for Microsoft.ML under build/offline ($reason)."
    fi
}
