#!/usr/bin/env bash
# Goes through docker/Dockerfile line by line without a container engine, then runs what came out of it as a container
# would: as the user it names, on a root that is only read, alone in its process and network namespaces, as process 1.
#
#   src/giaoban image           the build step taken over from this tree, where the same command has just made it
#   src/giaoban image --whole   the build step too, from a copy of the tree; the last stage on a Debian made for it
#
# What it cannot do it says: images are not fetched, so each FROM has a stand-in. Root's rights are needed, for the
# namespaces and mounts; nothing of this machine is changed. --report FILE writes what was run as a JUnit file.
set -euo pipefail

cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.."
here=$PWD
suite=trixie # the Debian of the last stage

whole='' report=''
while (($#)); do
  case $1 in
    --whole) whole=yes ;;
    --report)
      report=$2
      shift
      ;;
    *)
      echo "src/giaoban image [--whole] [--report FILE]" >&2
      exit 2
      ;;
  esac
  shift
done

: "${JAVA_HOME:?the JDK to build with; src/giaoban image finds it by itself}"
# What the machine does not allow is no fault of the Dockerfile's.
cannot() {
  echo "giaoban: the Dockerfile cannot be gone through here: $1" >&2
  [[ -z $report ]] || echo "<testsuite name=\"Dockerfile\"><testcase classname=\"Dockerfile\" name=\"all of it: $1\"><skipped/></testcase></testsuite>" >"$report"
  exit 0
}
((EUID == 0)) || cannot "it needs the rights of root, for namespaces and mounts"
unshare --mount --pid --net --fork true 2>/dev/null || cannot "no namespaces of one's own"
# In a mount namespace of its own: what is mounted here nobody else sees, and it is gone at the end.
if [[ -z ${REPLAY_INSIDE:-} ]]; then
  exec env REPLAY_INSIDE=yes unshare --mount --propagation private -- "${BASH_SOURCE[0]}" ${whole:+--whole} ${report:+--report "$report"}
fi

work=$here/target/replay
rm -rf "$work"
mkdir -p "$work"

# ── What was done, and what was not ──────────────────────────────────────────────────────────────────────────────

lines=() failed=''
say() { printf '%-9s %s\n' "$1" "$2"; }
escaped() { sed 's/&/\&amp;/g; s/</\&lt;/g; s/>/\&gt;/g; s/"/\&quot;/g' <<<"$1"; }
ran() {
  say ran "$1"
  lines+=("<testcase classname=\"Dockerfile\" name=\"$(escaped "$1")\"/>")
}
not_run() {
  say "not run" "$1"
  lines+=("<testcase classname=\"Dockerfile\" name=\"$(escaped "$1")\"><skipped/></testcase>")
}
broke() {
  say BROKE "$1"
  lines+=("<testcase classname=\"Dockerfile\" name=\"$(escaped "$1")\"><failure/></testcase>")
  failed=yes
}
finish() {
  # The logs stay; the layers go, a gigabyte of them.
  for root in "${roots[@]}"; do umount --recursive --lazy "$root" || true; done
  rmdir "${roots[@]}" 2>/dev/null || true
  rm -rf "$work"/*.written "$work"/*.work "$work/data"
  if [[ -n $report ]]; then
    { echo '<testsuite name="Dockerfile">' && printf '%s\n' "${lines[@]}" && echo '</testsuite>'; } >"$report"
  fi
}
trap finish EXIT
give_up() {
  broke "$1"
  [[ -z ${2:-} ]] || tail -n 15 "$2"
  exit 1
}

# ── The Dockerfile's instructions, one a line ────────────────────────────────────────────────────────────────────

instructions() {
  awk '/^[[:space:]]*#/ { next }
       !open && /^[[:space:]]*$/ { next }
       { open = sub(/\\[[:space:]]*$/, ""); printf "%s", $0; if (!open) print "" }' docker/Dockerfile
}

# The words of ["a", "b"], each ended by a zero byte.
words() { node -e 'for (const word of JSON.parse(process.argv[1])) process.stdout.write(word + "\0")' "$1"; }

# ── Stages: each a directory that can be entered ─────────────────────────────────────────────────────────────────

stage='' stages=0 root='' user=0:0 workdir=/ environment=() healthcheck='' entrypoint=() stop_signal=TERM
declare -A roots=()

# A root of its own over another one: whatever is written there stays there.
layer() {
  local under=$1
  root=$work/$stage
  mkdir -p "$root" "$root.written" "$root.work"
  mount -t overlay overlay -o "lowerdir=$under,upperdir=$root.written,workdir=$root.work" "$root" 2>"$work/mount.log" || {
    trap - EXIT
    cannot "no overlay over $under"
  }
  mount -t proc proc "$root/proc"
  mount --rbind /dev "$root/dev"
  roots[$stage]=$root
}

# The Debian that the last stage asks for, made of Debian's packages once and kept.
bare_debian() {
  local kept=${XDG_CACHE_HOME:-$HOME/.cache}/giaoban-debian-$suite
  if [[ ! -e $kept/.complete ]]; then
    command -v debootstrap >/dev/null || return 1
    rm -rf "$kept"
    debootstrap --variant=minbase "$suite" "$kept" >"$work/debootstrap.log" 2>&1 || return 1
    touch "$kept/.complete"
  fi
  echo "$kept"
}

from() {
  local image=$1 base
  stage=${3:-stage$stages}
  stages=$((stages + 1))
  user=0:0 workdir=/ environment=(PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin)
  case $image in
    debian:*)
      if [[ $whole ]] && base=$(bare_debian); then
        layer "$base"
        not_run "FROM $image (stand-in: Debian $suite by debootstrap, nothing but its required packages)"
      else
        layer /
        not_run "FROM $image (stand-in: this machine's own system)"
      fi
      ;;
    node:*)
      layer /
      # Where that image has it.
      mkdir -p "$root/usr/local/bin" "$root/usr/local/lib"
      local own
      own=$(dirname "$(readlink -f "$(command -v node)")")
      [[ $own -ef /usr/local/bin ]] || cp "$own/node" "$root/usr/local/bin/node"
      local modules
      modules=$(npm root --global --loglevel=error)
      [[ $modules -ef /usr/local/lib/node_modules ]] || cp -r "$modules" "$root/usr/local/lib/"
      not_run "FROM $image (stand-in: this machine's Node $(node --version))"
      ;;
    *-jdk*)
      layer /
      environment+=("JAVA_HOME=$JAVA_HOME" HOME=/root)
      environment[0]=PATH=$JAVA_HOME/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
      # What that image does not have and this machine does must not come to its help.
      rm -f "$root"/usr/bin/{node,npm,npx} "$root"/usr/local/bin/{node,npm,npx}
      # The builder's caches (--mount=type=cache) are this machine's, written to the layer alone.
      not_run "FROM $image (stand-in: this machine's system, Maven if it has one, and JDK $(sed -n 's/^JAVA_RUNTIME_VERSION="\(.*\)"/\1/p' "$JAVA_HOME/release"))"
      ;;
    *) give_up "FROM $image: no stand-in for it" ;;
  esac
}

inside() { chroot "$root" /usr/bin/env -i "${environment[@]}" /bin/sh -c "cd '$workdir' && $1"; }

run() {
  local command=$1
  while [[ $command == --mount=* ]]; do command=${command#* }; done
  if [[ -z $whole && $command == "src/giaoban build" ]]; then
    [[ -e target/giaoban.jar && -e web-client/dist/index.html ]] || give_up "RUN $command: not built in this tree"
    mkdir -p "$root$workdir/target" "$root$workdir/web-client"
    cp -r target/giaoban.jar target/jvm.options target/lib "$root$workdir/target/"
    cp -r web-client/dist "$root$workdir/web-client/"
    not_run "RUN $command (taken over from this tree, where the same command made it)"
    return
  fi
  inside "$command" >"$work/run.log" 2>&1 || give_up "RUN $command" "$work/run.log"
  ran "RUN $command"
}

copy() {
  local source=$here from='' to path
  local -a paths=()
  for path in "$@"; do
    case $path in
      --from=*) from=${path#--from=} ;;
      *) paths+=("$path") ;;
    esac
  done
  if [[ $from ]]; then source=${roots[$from]}; fi
  to=${paths[-1]}
  unset 'paths[-1]'
  [[ $to == /* ]] || to=$workdir/$to
  if [[ ${paths[0]} == . ]]; then
    # As the builder is sent it: without what .dockerignore names. Here and now nothing is excepted by pattern.
    local excludes=() name
    while read -r name; do [[ -z $name || $name == \#* ]] || excludes+=("--exclude=./$name"); done <.dockerignore
    mkdir -p "$root$to"
    tar --create --directory "$here" "${excludes[@]}" --exclude=./target . | tar --extract --directory "$root$to" --no-same-owner
  else
    for path in "${paths[@]}"; do
      if [[ -d $source/$path ]]; then
        mkdir -p "$root$to"
        cp -r --no-preserve=ownership "$source/$path/." "$root$to/"
      else
        if [[ $to == */ ]]; then mkdir -p "$root$to"; else mkdir -p "$(dirname "$root$to")"; fi
        cp --no-preserve=ownership "$source/$path" "$root$to"
      fi
    done
  fi || give_up "COPY $*"
  ran "COPY $*"
}

# ── The image, run ───────────────────────────────────────────────────────────────────────────────────────────────

as_the_user() { setpriv --no-new-privs chroot --userspec="$user" --groups= "$root" /usr/bin/env -i "${environment[@]}" "$@"; }
in_the_container() { nsenter --target "$process" --net --pid --ipc -- setpriv --no-new-privs chroot --userspec="$user" --groups= "$root" /usr/bin/env -i "${environment[@]}" "$@"; }

check() {
  local what=$1
  shift
  if "$@" >"$work/check.log" 2>&1; then ran "$what"; else
    broke "$what"
    tail -n 5 "$work/check.log"
  fi
}

writes_only() {
  local place
  for place in "$workdir" "$workdir/target" /opt/java/bin /etc /usr/bin /var /; do
    if as_the_user /bin/sh -c "touch '$place/probe'" 2>/dev/null; then
      echo "could write to $place"
      return 1
    fi
  done
  for place in /data /tmp; do as_the_user /bin/sh -c "touch '$place/probe' && rm '$place/probe'" || return 1; done
}

is_confined() {
  local status=/proc/$process/status
  grep -Eq "^Uid:\s+${user%:*}\s" "$status" && grep -Eq "^NoNewPrivs:\s+1" "$status" && grep -Eq "^CapEff:\s+0+$" "$status" &&
    grep -Eq "^NSpid:.*\s1$" "$status"
}

start_it() {
  mkdir -p "$work/data"
  chown "$user" "$work/data"
  mount --bind "$work/data" "$root/data"
  mount -o remount,ro "$root"
  mount -t tmpfs -o mode=1777,size=256m tmpfs "$root/tmp"
  mount -t tmpfs -o mode=755,size=1m tmpfs "$root/run"

  local health=()
  mapfile -d '' health < <(words "${healthcheck#*CMD }")
  # shellcheck disable=SC2016 # for the inner shell
  unshare --pid --net --ipc --uts --fork --kill-child=KILL bash -c '
    ip link set lo up && mount -t proc proc "$1/proc" && cd / && shift && exec "$@"' replay "$root" \
    setpriv --no-new-privs chroot --userspec="$user" --groups= "$root" /usr/bin/env -i "${environment[@]}" \
    /bin/sh -c "cd '$workdir' && exec \"\$@\"" sh "${entrypoint[@]}" >"$work/container.log" 2>&1 </dev/null &
  local outer=$! deadline=$((SECONDS + 120)) process='' began=$SECONDS
  until process=$(pgrep -P $outer) && in_the_container "${health[@]}" 2>/dev/null; do
    if ! kill -0 $outer 2>/dev/null || ((SECONDS > deadline)); then give_up "ENTRYPOINT ${entrypoint[*]}" "$work/container.log"; fi
    sleep 0.5
  done
  ran "ENTRYPOINT ${entrypoint[*]} (with the PostgreSQL that it brings; ready after $((SECONDS - began)) s)"
  ran "HEALTHCHECK ${healthcheck%% CMD*}"
  check "USER $user: process 1, no capabilities, no new privileges" is_confined
  check "VOLUME /data: it and /tmp can be written, nothing else" writes_only
  check "no sample accounts; the administrator's password is in the log" grep -q 'First administrator: admin / ' "$work/container.log"

  began=$SECONDS
  kill -"$stop_signal" "$process"
  local code=0
  wait $outer || code=$?
  if ((code == 0 && SECONDS - began < 20)); then ran "STOPSIGNAL SIG$stop_signal (ended after $((SECONDS - began)) s)"; else
    broke "STOPSIGNAL SIG$stop_signal: ended with $code after $((SECONDS - began)) s"
  fi
  check "nothing went wrong meanwhile" bash -c "! grep -E 'ERROR|Exception' '$work/container.log'"
}

# ── From top to bottom ───────────────────────────────────────────────────────────────────────────────────────────

while IFS= read -r line <&9; do
  verb=${line%% *} rest=${line#* }
  # shellcheck disable=SC2086 # words of an instruction
  case $verb in
    FROM) from $rest ;;
    RUN) run "$rest" ;;
    COPY) copy $rest ;;
    WORKDIR)
      workdir=$rest
      mkdir -p "$root$workdir"
      ran "WORKDIR $rest"
      ;;
    USER) user=$rest ;;
    ENV)
      read -ra words_of_env <<<"$rest"
      environment+=("${words_of_env[@]}")
      ran "ENV $rest"
      ;;
    VOLUME | EXPOSE) ;; # see below; a port is only named
    STOPSIGNAL) stop_signal=${rest#SIG} ;;
    HEALTHCHECK) healthcheck=$rest ;;
    ENTRYPOINT) mapfile -d '' entrypoint < <(words "$rest") ;;
    *) give_up "$verb: not known here" ;;
  esac
done 9< <(instructions)

printf '\n%s of Java, %s of libraries, %s of client; %s above the base\n\n' \
  "$(du -sh "$root/opt/java" | cut -f1)" "$(du -sh "$root/app/target/lib" | cut -f1)" \
  "$(du -sh "$root/app/web-client" | cut -f1)" "$(du -sh "$root.written" | cut -f1)"
start_it
[[ -z $failed ]]
