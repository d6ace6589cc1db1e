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

# Whether a project of build/probe can be restored here.
can_restore() {
    dotnet restore "$root/build/probe/$1.csproj" -p:MicrosoftMLSource=packages -p:TorchSharpSource=packages >/dev/null 2>&1
}

# Chooses where Microsoft.ML and TorchSharp come from, says which and why, and writes it where every later build finds it.
# MLEXTENSIONS_BUILD=packages or =offline, and MLEXTENSIONS_TORCHSHARP=packages or =none, decide without a probe.
choose_build() {
    choose_microsoft_ml
    choose_torchsharp

    local props="$root/build/local.props"
    cat >"$props.new" <<END
<Project>
  <PropertyGroup>
    <MicrosoftMLSource>$microsoft_ml</MicrosoftMLSource>
    <TorchSharpSource>$torchsharp</TorchSharpSource>
    <MicrosoftMLTorchSharpSource>$microsoft_ml_torchsharp</MicrosoftMLTorchSharpSource>
  </PropertyGroup>
</Project>
END
    cmp -s "$props.new" "$props" && rm "$props.new" || mv "$props.new" "$props"
}

choose_microsoft_ml() {
    local reason
    microsoft_ml=${MLEXTENSIONS_BUILD:-}
    case $microsoft_ml in
        packages | offline) reason="MLEXTENSIONS_BUILD asks for it" ;;
        '')
            if can_restore MicrosoftML; then
                microsoft_ml=packages reason="Microsoft.ML can be restored"
            else
                microsoft_ml=offline reason="Microsoft.ML cannot be restored from the NuGet sources here"
            fi ;;
        *)
            say "MLEXTENSIONS_BUILD must be packages or offline, got $microsoft_ml" >&2
            exit 1 ;;
    esac

    if [ "$microsoft_ml" = packages ]; then
        say "Build: packages, with the real Microsoft.ML ($reason)."
    else
        say "Build: offline, with the stand-in for Microsoft.ML under build/offline ($reason)."
    fi
}

choose_torchsharp() {
    local reason
    torchsharp=${MLEXTENSIONS_TORCHSHARP:-} microsoft_ml_torchsharp=none
    case $torchsharp in
        packages | none) reason="MLEXTENSIONS_TORCHSHARP asks for it" ;;
        '') ;;
        *)
            say "MLEXTENSIONS_TORCHSHARP must be packages or none, got $torchsharp" >&2
            exit 1 ;;
    esac
    if [ "$microsoft_ml" = offline ]; then
        if [ "$torchsharp" = packages ]; then
            say "MLEXTENSIONS_TORCHSHARP=packages needs the real Microsoft.ML, and the build is offline" >&2
            exit 1
        fi
        torchsharp=none reason="the offline build has no use for it"
    elif [ -z "$torchsharp" ]; then
        if can_restore TorchSharpCpu; then
            torchsharp=packages reason="it can be restored"
        else
            torchsharp=none reason="it cannot be restored from the NuGet sources here"
        fi
    fi

    if [ "$torchsharp" = none ]; then
        say "TorchSharp: none, its projects are left out ($reason)."
    elif can_restore MicrosoftMLTorchSharp; then
        microsoft_ml_torchsharp=packages
        say "TorchSharp: packages, beside Microsoft.ML.TorchSharp ($reason)."
    else
        say "TorchSharp: packages, without Microsoft.ML.TorchSharp, which cannot be restored here ($reason)."
    fi
}
