# Sourced by ./run and ./test, in the project's root: makes .venv what a lock file says. Bash.

# as_root COMMAND...: as root or through sudo that asks nothing; fails quietly where neither is possible.
as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; elif sudo -n true 2>/dev/null; then sudo -n "$@"; else return 1; fi
}

# system_packages NAME...: installs Debian packages where that is allowed. Fails where it isn't.
system_packages() {
  command -v apt-get >/dev/null || return 1
  as_root env DEBIAN_FRONTEND=noninteractive sh -c '
    apt-get install -y -qq --no-install-recommends "$@" >/tmp/simpul-apt.log 2>&1 && exit 0
    apt-get update -qq >/tmp/simpul-apt.log 2>&1 || true
    apt-get install -y -qq --no-install-recommends "$@" >/tmp/simpul-apt.log 2>&1' simpul "$@" </dev/null
}

# The first Python of at least 3.11, by name or path.
find_python() {
  local name
  for name in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11; do
    if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then command -v "$name"; return; fi
  done
  return 1
}

no_python() {
  echo "Simpul needs Python 3.11 or newer. / Simpul perlu Python 3.11 atau lebih baru." >&2
  echo "  -> sudo apt-get install -y python3 python3-venv" >&2
  exit 1
}

make_venv() {
  local python=$1
  if ! "$python" -c 'import venv, ensurepip' 2>/dev/null; then
    echo "Memasang python3-venv / Installing python3-venv ..."
    local version
    version=$("$python" -c 'import sys; print("python%d.%d" % sys.version_info[:2])')
    system_packages "$version-venv" || system_packages python3-venv || {
      echo "Python's venv module is missing; one command adds it. / Modul venv Python belum ada; satu perintah menambahkannya:" >&2
      echo "  -> sudo apt-get install -y python3-venv" >&2
      exit 1
    }
  fi
  rm -rf .venv
  "$python" -m venv .venv
}

# The package itself: a line that names src/, and the command. No build, so nothing to fetch for one.
link_package() {
  local site
  site=$(.venv/bin/python -c 'import sysconfig; print(sysconfig.get_paths()["purelib"])')
  printf '%s\n' "$PWD/src" >"$site/simpul.pth"
  printf '%s\n' '#!/bin/sh' 'here=$(dirname "$(readlink -f "$0")")' 'exec "$here/python" -m simpul "$@"' >.venv/bin/simpul
  chmod +x .venv/bin/simpul
}

# environment KIND LOCK: .venv holds what LOCK says, with hashes. Does nothing where it does already.
environment() {
  local kind=$1 lock=$2 stamp want python
  stamp=.venv/.simpul-$kind
  want="$PWD $(sha256sum "$lock" | cut -d' ' -f1)"
  if [ "$(cat "$stamp" 2>/dev/null)" = "$want" ] && .venv/bin/python -c '' 2>/dev/null; then return; fi
  python=$(find_python) || { system_packages python3 python3-venv && python=$(find_python); } || no_python
  if ! .venv/bin/python -c 'import pip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null ||
    [ "$(cut -d' ' -f1 "$stamp" 2>/dev/null || echo "$PWD")" != "$PWD" ]; then
    make_venv "$python"
  fi
  echo "Memasang pustaka Python / Installing Python libraries ..."
  rm -f "$stamp"
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input --require-hashes -r "$lock" || {
    echo "The libraries could not be installed: check the network, then run the same command again." >&2
    echo "Pustakanya belum terpasang: periksa jaringan, lalu jalankan perintah yang sama lagi." >&2
    exit 1
  }
  link_package
  printf '%s' "$want" >"$stamp"
}
