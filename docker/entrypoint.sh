#!/usr/bin/env bash
# Starts ComfyUI, waits until it answers, runs Prompt Runner, and passes on its exit code.
# Starting again after any end is how a run is resumed: nothing is remembered here.
#
# COMFYUI_COMMAND      how ComfyUI is started; empty: not at all (default: python3 main.py on port 8188)
# COMFYUI_DIR          where it is started (default: the first ComfyUI found)
# COMFYUI_URL          one that names no server of this machine: ComfyUI is not started
# COMFYUI_LOG          where its output goes (default: comfyui.log in the temporary folder)
# COMFYUI_START_LIMIT  seconds it may take to answer while it is alive (default: 1800)
# COMFYUI_POLL         seconds between two looks (default: 1)
# COMFYUI_STOP_GRACE   seconds it may take to end (default: 10)
# RUNNER_HOME          where Prompt Runner lies (default: /opt/prompt-runner)
# JAVA_OPTS            more options for Java
#
# The functions that a trap calls look unreachable:
# shellcheck disable=SC2317
set -euo pipefail

# With job control every background process gets a group of its own and hears SIGINT.
set -m

runner_home="${RUNNER_HOME:-/opt/prompt-runner}"
log="${COMFYUI_LOG:-${TMPDIR:-/tmp}/comfyui.log}"
poll="${COMFYUI_POLL:-1}"
comfyui_pid=""
runner_pid=""
stopped_by=""
signals=0

say() {
  echo "entrypoint: $*" >&2
}

alive() {
  [ -n "$1" ] && kill -0 "$1" 2>/dev/null
}

# The server's address when it is one of this machine, else nothing. COMFYUI_URL may hold several
# addresses with commas between them, each with "=passes" behind it.
local_address() {
  local address
  local -a addresses
  IFS=, read -ra addresses <<<"${PROMPT_RUNNER_COMFYUI_URL:-${COMFYUI_URL:-http://127.0.0.1:8188}}"
  for address in "${addresses[@]}"; do
    address="${address%%=*}"
    address="${address// /}"
    case "$address" in
      http://127.0.0.1* | http://localhost*)
        echo "${address%/}"
        return
        ;;
    esac
  done
}

port_of() {
  if [[ "$1" =~ :([0-9]+)(/.*)?$ ]]; then
    echo "${BASH_REMATCH[1]}"
  else
    echo 80
  fi
}

# Only what renders needs a server, and the simulator is one itself.
needs_comfyui() {
  case "${1:-}" in
    run | retry | sweep | shots | iterate) ;;
    *) return 1 ;;
  esac
  case " ${PROMPT_RUNNER_ENGINE:-} $* " in
    *" simulator "* | *"--engine=simulator "*) return 1 ;;
  esac
}

comfyui_dir() {
  local dir
  for dir in "${COMFYUI_DIR:-}" /workspace/ComfyUI /ComfyUI /app/ComfyUI /opt/ComfyUI /root/ComfyUI; do
    if [ -n "$dir" ] && [ -d "$dir" ]; then
      echo "$dir"
      return
    fi
  done
}

answers() {
  if command -v curl >/dev/null; then
    curl -fsS -m 5 -o /dev/null "$1/system_stats" 2>/dev/null
  else
    python3 -c 'import sys, urllib.request; urllib.request.urlopen(sys.argv[1], timeout=5)' \
      "$1/system_stats" 2>/dev/null
  fi
}

last_words() {
  say "the last lines of $log:"
  tail -n 40 "$log" >&2 || true
}

start_comfyui() {
  local address="$1" command dir
  command="${COMFYUI_COMMAND-python3 main.py --listen 127.0.0.1 --port $(port_of "$address")}"
  dir="$(comfyui_dir)"
  if [ -z "$dir" ]; then
    say "there is no ComfyUI: none of COMFYUI_DIR, /workspace/ComfyUI, /ComfyUI, /app/ComfyUI," \
      "/opt/ComfyUI and /root/ComfyUI is a folder. Set COMFYUI_DIR to it, or COMFYUI_URL to a server elsewhere."
    exit 4
  fi
  say "starting ComfyUI in $dir: $command (its output: $log)"
  (cd "$dir" && exec bash -c "$command") >"$log" 2>&1 </dev/null &
  comfyui_pid=$!
}

# A slow start is not a failure: models and custom nodes take minutes. A dead process is one.
await_comfyui() {
  local address="$1" begun=$SECONDS limit="${COMFYUI_START_LIMIT:-1800}" code=0
  until answers "$address"; do
    if [ -n "$stopped_by" ]; then
      return
    fi
    if ! alive "$comfyui_pid"; then
      wait "$comfyui_pid" || code=$?
      comfyui_pid=""
      say "ComfyUI ended with exit code $code before it answered at $address."
      last_words
      exit 4
    fi
    if [ $((SECONDS - begun)) -ge "$limit" ]; then
      say "ComfyUI is alive, but did not answer at $address within $limit seconds." \
        "Set COMFYUI_START_LIMIT higher if it only needs longer."
      last_words
      exit 4
    fi
    pause
  done
  say "ComfyUI answers at $address after $((SECONDS - begun)) seconds."
}

# Unlike a plain sleep, a wait is left at once when a signal comes.
pause() {
  sleep "$poll" &
  wait $! || true
}

stop_comfyui() {
  local begun=$SECONDS
  alive "$comfyui_pid" || return 0
  kill -INT -- "-$comfyui_pid" 2>/dev/null || true
  while alive "$comfyui_pid" && [ $((SECONDS - begun)) -lt "${COMFYUI_STOP_GRACE:-10}" ]; do
    sleep "$poll"
  done
  if alive "$comfyui_pid"; then
    say "ComfyUI did not end by itself: killing it."
  fi
  # The group may hold children that outlived it.
  kill -KILL -- "-$comfyui_pid" 2>/dev/null || true
}

forward() {
  stopped_by="$1"
  signals=$((signals + 1))
  say "got SIG$1"
  if alive "$runner_pid"; then
    kill "-$1" "$runner_pid" 2>/dev/null || true
  fi
}

# The recipe and its workflows become the user's own, to be changed; what is there is left alone.
bring_workflows() {
  if [ -d "$runner_home/workflows" ] && [ ! -e workflows ]; then
    cp -r "$runner_home/workflows" workflows ||
      say "could not copy the workflows to $PWD: give --recipe $runner_home/workflows/wan22-vace.yaml"
  fi
}

run_prompt_runner() {
  local java="$runner_home/runtime/bin/java" code before
  [ -x "$java" ] || java=java
  # JAVA_OPTS holds several words on purpose.
  # shellcheck disable=SC2086
  "$java" -XX:+UseSerialGC -Dorg.bytedeco.javacpp.cachedir="${TMPDIR:-/tmp}/javacpp" \
    ${JAVA_OPTS:-} -jar "$runner_home/prompt-runner.jar" "$@" &
  runner_pid=$!
  # A signal may have come before there was anybody to hear it.
  if [ -n "$stopped_by" ]; then
    kill "-$stopped_by" "$runner_pid" 2>/dev/null || true
  fi
  # A wait ends with every signal; the runner's own end is what counts.
  while true; do
    code=0
    before=$signals
    wait "$runner_pid" || code=$?
    [ "$signals" -ne "$before" ] || break
  done
  return "$code"
}

main() {
  local address code=0
  trap 'forward TERM' TERM
  trap 'forward INT' INT
  trap stop_comfyui EXIT
  address="$(local_address)"
  if ! needs_comfyui "$@"; then
    say "nothing here needs ComfyUI: it is not started."
  elif [ -z "$address" ]; then
    say "COMFYUI_URL names no server of this machine: ComfyUI is not started."
  elif [ -z "${COMFYUI_COMMAND-default}" ]; then
    say "COMFYUI_COMMAND is empty: ComfyUI is not started."
  elif answers "$address"; then
    say "ComfyUI answers at $address already: it is left to whoever started it."
  else
    start_comfyui "$address"
    await_comfyui "$address"
  fi
  if [ -n "$stopped_by" ]; then
    exit 130
  fi
  bring_workflows
  run_prompt_runner "$@" || code=$?
  exit "$code"
}

main "$@"
