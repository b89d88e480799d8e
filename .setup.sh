# Shared by ./run and ./test: installs what is missing and builds. Sourced, not run.

# What the programs are built of, and what the demo is made with.
packages_to_run=(
    build-essential cmake ninja-build ccache pkg-config
    libboost1.81-dev libavformat-dev libavcodec-dev libavutil-dev libavfilter-dev libswscale-dev libswresample-dev
    libsqlitecpp-dev libsqlite3-dev nlohmann-json3-dev libspdlog-dev libfmt-dev libtomlplusplus-dev libcli11-dev
    libsodium-dev libqrencode-dev libsrt-openssl-dev libssl-dev libseccomp-dev libhowardhinnant-date-dev tzdata libkainjow-mustache-dev zlib1g-dev libutf8proc-dev
    ffmpeg poppler-utils poppler-data librsvg2-bin espeak-ng kakasi kakasi-dic fonts-noto-cjk ca-certificates
)
packages_to_test=(catch2 chromium firefox-esr mpv nginx-light wrk curl strace)

say() { printf '%s\n' "$*" >&2; }

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        say "Packages are missing, and installing them needs root or sudo: ${*}"
        exit 1
    fi
}

# Installs those of the packages named that are not there.
install_packages() {
    local missing=() package
    for package in "$@"; do
        dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed || missing+=("$package")
    done
    # Any node from 18 on will do, Debian's or another.
    command -v node >/dev/null || missing+=(nodejs)
    command -v npm >/dev/null || missing+=(npm)
    [ "${#missing[@]}" -eq 0 ] && return
    say "Installing ${#missing[@]} packages: ${missing[*]}"
    as_root env DEBIAN_FRONTEND=noninteractive apt-get update -q >&2
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "${missing[@]}" >&2
}

# Configures a preset where it has not been, and builds it.
build() {
    local preset=$1
    cmake --preset "$preset" >"${TMPDIR:-/tmp}/kiroku-configure.$$" || {
        cat "${TMPDIR:-/tmp}/kiroku-configure.$$" >&2
        return 1
    }
    rm -f "${TMPDIR:-/tmp}/kiroku-configure.$$"
    cmake --build --preset "$preset" >&2
}
