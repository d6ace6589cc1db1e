#!/usr/bin/env bash
# Brings the files of the public surface, src/*/PublicAPI.Unshipped.txt, up to the code: what the build misses in them is added, what is
# gone is taken out. Look at the difference before you commit it.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
cd "$root"

require_sdk
for file in src/*/PublicAPI.Unshipped.txt; do
    project=$(dirname "$file")
    messages=$(dotnet build "$project" -c Release -v quiet --nologo -clp:NoSummary | grep -F "$project/" || true)
    added=$(sed -nE "s/.*error RS0016: Symbol '(.*)' is not part of the declared public API.*/\1/p" <<<"$messages")
    gone=$(sed -nE "s/.*error RS0017: Symbol '(.*)' is part of the declared API.*/\1/p" <<<"$messages")
    if [ -n "$added$gone" ]; then
        say "$project: $(grep -c . <<<"$added" || true) added, $(grep -c . <<<"$gone" || true) gone"
        surface=$( (tail -n +2 "$file"; echo "$added") | grep -vxF -e "${gone:-nothing}" -e '' | LC_ALL=C sort -u)
        printf '#nullable enable\n%s\n' "$surface" >"$file"
    fi
done
