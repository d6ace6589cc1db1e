#!/usr/bin/env bash
# Makes TorchSharp's native library load on systems whose libstdc++ is one version too old, such as Debian 12 and Ubuntu 22.04, and prints
# the folder that LD_LIBRARY_PATH has to begin with; prints nothing where no help is needed.
#
# That library asks for the version name GLIBCXX_3.4.32 (GCC 13) and uses nothing of it: the loader's look at the name is all that fails.
# So a libstdc++.so.6 without any code stands in front of the system's. It has all version names, and brings the system's library along.
set -euo pipefail

folder=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)/artifacts/libstdcxx
missing=GLIBCXX_3.4.32

# The library that the loader finds: in LD_LIBRARY_PATH, or else the system's.
find_library() {
    local search place found=
    IFS=: read -ra search <<<"${LD_LIBRARY_PATH:-}"
    for place in "${search[@]}"; do
        if [ -z "$found" ] && [ "$place" != "$folder" ] && [ -f "$place/libstdc++.so.6" ]; then
            found=$place/libstdc++.so.6
        fi
    done
    if [ -z "$found" ]; then
        found=$(PATH=$PATH:/sbin:/usr/sbin ldconfig -p 2>/dev/null | sed -nE 's/^\s*libstdc\+\+\.so\.6 \(libc6,x86-64\) => //p' | head -n 1)
    fi
    readlink -f "${found:-/usr/lib/x86_64-linux-gnu/libstdc++.so.6}"
}

is_made() { [ -f "$folder/libstdc++.so.6" ] && [ "$(readlink "$folder/libstdc++-system.so.6")" = "$system" ]; }

make_library() {
    mkdir -p "$folder"
    local work
    work=$(mktemp -d "$folder/XXXXXX")
    : >"$work/empty.c"
    # The definitions of versions are lines such as "2 0x00 0x08922974 GLIBCXX_3.4"; the first is the name of the library itself.
    {
        objdump -p "$system" | sed -nE '/^Version definitions:/,/^$/s/^[0-9]+ 0x[0-9a-f]+ 0x[0-9a-f]+ ([A-Z].*)$/\1 { };/p'
        printf '%s { };\n' "$missing"
    } >"$work/versions.map"
    # To link against: an empty library of the name that the link to the system's has afterwards.
    cc -shared -fPIC -nostdlib -Wl,-soname,libstdc++-system.so.6 "$work/empty.c" -o "$work/libstdc++-system.so.6"
    cc -shared -fPIC -nostdlib -Wl,-soname,libstdc++.so.6 -Wl,--version-script="$work/versions.map" \
        -Wl,--no-as-needed -Wl,-rpath,'$ORIGIN' "$work/empty.c" "$work/libstdc++-system.so.6" -o "$work/libstdc++.so.6"
    ln -sf "$system" "$work/libstdc++-system.so.6"
    # Others may do the same at this moment: each file is there as a whole or not at all.
    mv -T "$work/libstdc++-system.so.6" "$folder/libstdc++-system.so.6"
    mv -T "$work/libstdc++.so.6" "$folder/libstdc++.so.6"
    rm -rf "$work"
}

[ "$(uname -sm)" = "Linux x86_64" ] || exit 0
system=$(find_library)
if [ ! -f "$system" ] || grep -qaF "$missing" "$system"; then
    exit 0
fi
if ! is_made; then
    if ! command -v cc >/dev/null || ! command -v objdump >/dev/null; then
        printf '%s\n' "$system has no $missing, which TorchSharp's native library asks for: what trains on libtorch will not run." \
            "With a C compiler and binutils (Debian, Ubuntu: apt-get install gcc) build/libstdcxx.sh gets around that." >&2
        exit 0
    fi
    make_library
fi
printf '%s\n' "$folder"
