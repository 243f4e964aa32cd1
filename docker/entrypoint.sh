#!/usr/bin/env bash
# Finds ComfyUI, brings the workflows along, and becomes Prompt Runner, which starts ComfyUI and
# supervises it (docs/comfyui.md). Starting again after any end is how a run is resumed: nothing is
# remembered here.
#
# COMFYUI_DIR   where ComfyUI lies (default: the first of the usual folders that has its main.py)
# COMFYUI_URL   one that names no server of this machine: ComfyUI is not started
# RUNNER_HOME   where Prompt Runner lies (default: /opt/prompt-runner)
# JAVA_OPTS     more options for Java
# PROMPT_RUNNER_COMFYUI_COMMAND, PROMPT_RUNNER_COMFYUI_FOLDER
#               how or where ComfyUI is started; set and empty: not at all
set -euo pipefail

runner_home="${RUNNER_HOME:-/opt/prompt-runner}"
usual_folders=(/workspace/ComfyUI /ComfyUI /app/ComfyUI /opt/ComfyUI /root/ComfyUI)

say() {
  echo "entrypoint: $*" >&2
}

# Several addresses may stand in COMFYUI_URL, with commas between them and "=passes" behind each.
names_this_machine() {
  case ",${PROMPT_RUNNER_COMFYUI_URL:-${COMFYUI_URL:-http://127.0.0.1:8188}}" in
    *[,\ ]http://127.0.0.1* | *[,\ ]http://localhost*) return 0 ;;
  esac
  return 1
}

find_comfyui() {
  local folder
  if [ -n "${PROMPT_RUNNER_COMFYUI_COMMAND+set}${PROMPT_RUNNER_COMFYUI_FOLDER+set}" ]; then
    return
  fi
  if ! names_this_machine; then
    say "COMFYUI_URL names no server of this machine: ComfyUI is not started."
    return
  fi
  for folder in ${COMFYUI_DIR:+"$COMFYUI_DIR"} "${usual_folders[@]}"; do
    if [ -f "$folder/main.py" ]; then
      export PROMPT_RUNNER_COMFYUI_FOLDER="$folder"
      return
    fi
  done
  say "there is no ComfyUI to start: no main.py in COMFYUI_DIR (${COMFYUI_DIR:-not set}), ${usual_folders[*]}." \
    "Set COMFYUI_DIR to its folder, or COMFYUI_URL to a server elsewhere."
}

# The recipe and its workflows become the user's own, to be changed; what is there is left alone.
bring_workflows() {
  if [ -d "$runner_home/workflows" ] && [ ! -e workflows ]; then
    cp -r "$runner_home/workflows" workflows ||
      say "could not copy the workflows to $PWD: give --recipe $runner_home/workflows/wan22-vace.yaml"
  fi
}

find_comfyui
bring_workflows
# Custom nodes that install themselves take minutes; a ComfyUI that died is noticed at once.
export PROMPT_RUNNER_COMFYUI_WAIT="${PROMPT_RUNNER_COMFYUI_WAIT:-30m}"
java="$runner_home/runtime/bin/java"
[ -x "$java" ] || java=java
# The words of JAVA_OPTS are to be split.
# shellcheck disable=SC2086
exec "$java" -XX:+UseSerialGC \
  -Dorg.bytedeco.javacpp.cachedir="${TMPDIR:-/tmp}/javacpp" \
  ${JAVA_OPTS:-} -jar "$runner_home/prompt-runner.jar" "$@"
