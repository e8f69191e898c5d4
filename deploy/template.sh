#!/usr/bin/env bash
# Build, launch, update, drain: every step from a checkout to a running job on Dataflow.
set -euo pipefail
cd "$(dirname "$0")/.."

usage() {
  cat <<'TEXT'
Usage: deploy/template.sh [--dry-run] VERB ...

  pin                               write the digests of the base images to deploy/images.env
  build                             image to the registry, both template specs to the bucket
  launch MODE JOB [NAME=VALUE ...]  start a job; MODE is batch or streaming
  update JOB [NAME=VALUE ...]       replace a running stream in place, its state and backlog kept
  drain JOB                         let a stream finish what it holds, and wait until it has
  deploy JOB [NAME=VALUE ...]       a stream by whichever way works: launch, else update, else drain and launch
  check JOB                         wait until a stream runs; with TOPIC and OUTPUT publish a page and wait for its row
  rollback JOB [NAME=VALUE ...]     bring a stream back to the release before TAG

--dry-run prints every command that would change something, and runs none.

Environment:
  PROJECT REGION                    where the job runs
  REPOSITORY                        Artifact Registry path, REGION-docker.pkg.dev/PROJECT/NAME
  BUCKET                            gs://NAME: specs under templates/, staging/ and temp/ beside them
  TAG                               of the image and of the specs (default: git describe)
  SERVICE_ACCOUNT                   of the workers (default: the project's own)
  MAX_WORKERS MACHINE_TYPE          bounds of cost (default: 4, n2-standard-2)
  NUM_WORKERS                       how many workers the job begins with (default: Dataflow's own choice)
  GUARANTEE                         of a stream: at-least-once (default) or exactly-once
  MAPPING                           for update: OLD=NEW[,OLD=NEW] names of steps, as the test of deploy/steps.txt prints
  EXTRA                             further words for gcloud, for example --disable-public-ips --subnetwork=...
  TOPIC OUTPUT                      for check: where pages are published, and the bigquery://PROJECT/DATASET of their rows
  PREVIOUS                          for rollback: the release to bring back (default: the tag before TAG)
  WAIT_SECONDS                      how long update, drain and check wait (default: 1800)
TEXT
}

die() { printf 'template.sh: %s\n' "$*" >&2; exit 1; }

dry=false
run() {
  if "$dry"; then
    printf '%q ' "$@"
    printf '\n'
  else
    "$@"
  fi
}

need() {
  local name
  for name in "$@"; do
    [[ -n "${!name:-}" ]] || die "$name is not set; see deploy/README.md"
  done
}

check_mode() { [[ "$1" == batch || "$1" == streaming ]] || die "MODE is batch or streaming, not '$1'"; }
check_job() { [[ "$1" =~ ^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$ ]] || die "'$1': a job is named by small letters, digits and -"; }

image() { printf '%s/dateline:%s' "$REPOSITORY" "$TAG"; }
spec() { printf '%s/templates/dateline-%s-%s.json' "${BUCKET%/}" "$1" "$TAG"; }

pin() {
  local line name digest out=""
  while IFS= read -r line; do
    if [[ "$line" == *_IMAGE=* ]]; then
      name="${line#*=}"
      name="${name%@*}"
      digest="$(docker buildx imagetools inspect --format '{{.Manifest.Digest}}' "$name")"
      line="${line%%=*}=$name@$digest"
    fi
    out+="$line"$'\n'
  done < deploy/images.env
  printf '%s' "$out" > deploy/images.env
}

build() {
  need PROJECT REPOSITORY BUCKET
  local line arguments=() mode
  while IFS= read -r line; do
    [[ "$line" == *_IMAGE=* ]] || continue
    [[ "$line" == *@sha256:* ]] || printf 'template.sh: %s is not pinned by digest; run: deploy/template.sh pin\n' "${line#*=}" >&2
    arguments+=(--build-arg "$line")
  done < deploy/images.env
  run docker build --platform linux/amd64 --file deploy/Dockerfile "${arguments[@]}" --tag "$(image)" .
  run docker push "$(image)"
  for mode in batch streaming; do
    run gcloud dataflow flex-template build "$(spec "$mode")" --project="$PROJECT" \
      --image="$(image)" --sdk-language=PYTHON --metadata-file="deploy/$mode/metadata.json"
  done
}

# start MODE JOB update? NAME=VALUE... ; prints the id of the new job
start() {
  need PROJECT REGION REPOSITORY BUCKET
  local mode="$1" job="$2" update="$3"
  shift 3
  local pair parameters
  # ^~~^ makes ~~ the separator: patterns of files and names of fields hold commas.
  parameters="^~~^sdk_container_image=$(image)"
  for pair in "$@"; do
    [[ "$pair" =~ ^[a-z_]+=.+$ ]] || die "'$pair' is not NAME=VALUE"
    parameters+="~~$pair"
  done
  local words=(
    gcloud dataflow flex-template run "$job" --project="$PROJECT" --region="$REGION"
    --template-file-gcs-location="$(spec "$mode")" --parameters="$parameters"
    --staging-location="${BUCKET%/}/staging" --temp-location="${BUCKET%/}/temp"
    --max-workers="${MAX_WORKERS:-4}" --worker-machine-type="${MACHINE_TYPE:-n2-standard-2}"
  )
  [[ -z "${NUM_WORKERS:-}" ]] || words+=(--num-workers="$NUM_WORKERS")
  [[ -z "${SERVICE_ACCOUNT:-}" ]] || words+=(--service-account-email="$SERVICE_ACCOUNT")
  if [[ "$mode" == streaming ]]; then
    words+=(--enable-streaming-engine)
    case "${GUARANTEE:-at-least-once}" in
      at-least-once) words+=(--additional-experiments=streaming_mode_at_least_once) ;;
      exactly-once) ;;
      *) die "GUARANTEE is at-least-once or exactly-once, not '$GUARANTEE'" ;;
    esac
  fi
  if [[ "$update" == update ]]; then
    words+=(--update)
    [[ -z "${MAPPING:-}" ]] || words+=(--transform-name-mappings="$MAPPING")
  fi
  if [[ -n "${EXTRA:-}" ]]; then
    local extra
    read -ra extra <<< "$EXTRA"
    words+=("${extra[@]}")
  fi
  run "${words[@]}" --format='value(job.id)'
}

state() { gcloud dataflow jobs describe "$1" --project="$PROJECT" --region="$REGION" --format='value(currentState)'; }

running() {
  gcloud dataflow jobs list --project="$PROJECT" --region="$REGION" --status=active \
    --filter="name=$1" --format='value(id)' --limit=1
}

# await ID STATE...: 0 once the job is in one of the states, 1 once it ended otherwise or time is up
await() {
  local id="$1" now deadline=$((SECONDS + ${WAIT_SECONDS:-1800}))
  shift
  while ((SECONDS < deadline)); do
    now="$(state "$id")" || die "the state of $id cannot be read"
    [[ " $* " != *" $now "* ]] || return 0
    case "$now" in
      JOB_STATE_FAILED | JOB_STATE_CANCELLED | JOB_STATE_DONE | JOB_STATE_DRAINED | JOB_STATE_UPDATED) return 1 ;;
    esac
    sleep 15
  done
  return 1
}

# 0 updated, 1 refused as not compatible (the old job runs on), ends the script on any other error
update() {
  local job="$1" id
  shift
  id="$(start streaming "$job" update "$@")" || die "the update of $job was not accepted; the old job runs on"
  if "$dry"; then
    printf '%s\n' "$id"
    return 0
  fi
  [[ -n "$id" ]] || die "the update of $job gave no id; the old job runs on"
  printf 'template.sh: job %s is to replace the running %s\n' "$id" "$job" >&2
  if await "$id" JOB_STATE_RUNNING; then
    return 0
  fi
  # Draining for any other fault (a wrong parameter, a missing role) would only stop the stream.
  if gcloud beta dataflow logs list "$id" --project="$PROJECT" --region="$REGION" --importance=error \
    --format='value(text)' | grep -q 'not compatible with'; then
    return 1
  fi
  die "$id failed for a reason that draining does not mend; the old job runs on. See: gcloud beta dataflow logs list $id"
}

drain() {
  need PROJECT REGION
  local id
  if "$dry"; then
    run gcloud dataflow jobs drain "JOB_ID_OF_$1" --project="$PROJECT" --region="$REGION"
    return 0
  fi
  id="$(running "$1")"
  [[ -n "$id" ]] || die "no running job is named $1"
  gcloud dataflow jobs drain "$id" --project="$PROJECT" --region="$REGION"
  await "$id" JOB_STATE_DRAINED || die "$id did not drain within ${WAIT_SECONDS:-1800} s; see its page in the console"
}

deploy() {
  local job="$1"
  shift
  need PROJECT REGION
  local old="dry"
  "$dry" || old="$(running "$job")"
  if [[ -z "$old" ]]; then
    start streaming "$job" launch "$@"
    return 0
  fi
  if update "$job" "$@"; then
    return 0
  fi
  printf 'template.sh: the update was refused, the old job still runs: draining it\n' >&2
  drain "$job"
  start streaming "$job" launch "$@"
}

# A page of its own for every check, so that an older row is not taken for it.
publish_and_find() {
  need TOPIC OUTPUT
  [[ "$OUTPUT" =~ ^bigquery://([^/]+)/([A-Za-z0-9_]+)$ ]] || die "check reads rows of BigQuery alone, not of $OUTPUT"
  local table="${BASH_REMATCH[1]}.${BASH_REMATCH[2]}.articles" found deadline=$((SECONDS + ${WAIT_SECONDS:-1800}))
  local url="https://check.dateline.invalid/$1" today
  today="$(date -u +%F)"
  run gcloud pubsub topics publish "$TOPIC" --project="$PROJECT" \
    --message="The release $TAG reads this page. It was published on $today, and a job wrote a row of it." \
    --attribute="url=$url,source=dateline,published=$today,media_type=text/plain"
  local query="SELECT COUNT(*) FROM \`$table\` WHERE url = '$url' AND IFNULL(_PARTITIONDATE, CURRENT_DATE()) >= '$today'"
  if "$dry"; then
    run bq query --project_id="$PROJECT" --use_legacy_sql=false --format=csv "$query"
    return 0
  fi
  while ((SECONDS < deadline)); do
    found="$(bq query --quiet --project_id="$PROJECT" --use_legacy_sql=false --format=csv "$query" | tail -n 1)"
    [[ "$found" =~ ^[0-9]+$ ]] || die "$table cannot be read: $found"
    ((found == 0)) || return 0
    sleep 15
  done
  return 1
}

check() {
  need PROJECT REGION
  local id="dry"
  if ! "$dry"; then
    id="$(running "$1")"
    [[ -n "$id" ]] || die "no job is named $1"
    await "$id" JOB_STATE_RUNNING || die "$id does not run; see: gcloud beta dataflow logs list $id"
  fi
  [[ -z "${TOPIC:-}" ]] || publish_and_find "$id" || die "no row of the page that was published came within ${WAIT_SECONDS:-1800} s"
}

rollback() {
  local job="$1" id now
  shift
  need PROJECT REGION
  : "${PREVIOUS:=$(git describe --tags --abbrev=0 --match 'v[0-9]*' "$TAG^" 2>/dev/null || true)}"
  [[ -n "$PREVIOUS" ]] || die "no release is before $TAG; set PREVIOUS"
  printf 'template.sh: bringing %s back to %s\n' "$job" "$PREVIOUS" >&2
  TAG="$PREVIOUS"
  if ! "$dry"; then
    id="$(running "$job")"
    now=""
    [[ -z "$id" ]] || now="$(state "$id")"
    case "$now" in
      "" | JOB_STATE_RUNNING) ;;
      JOB_STATE_DRAINING) await "$id" JOB_STATE_DRAINED || die "$id did not drain" ;;
      *)
        # It has read nothing yet: what waits in the subscription is read by the job that follows.
        gcloud dataflow jobs cancel "$id" --project="$PROJECT" --region="$REGION"
        await "$id" JOB_STATE_CANCELLED || die "$id could not be cancelled"
        ;;
    esac
  fi
  deploy "$job" "$@"
}

[[ "${1:-}" != --dry-run ]] || { dry=true; shift; }
verb="${1:-}"
shift || true
: "${TAG:=$(git describe --tags --always --dirty 2>/dev/null || printf latest)}"

case "$verb" in
  pin) pin ;;
  build) build ;;
  launch)
    (($# >= 2)) || die "launch MODE JOB [NAME=VALUE ...]"
    check_mode "$1"
    check_job "$2"
    start "$1" "$2" launch "${@:3}"
    ;;
  update)
    (($# >= 1)) || die "update JOB [NAME=VALUE ...]"
    check_job "$1"
    update "$@" || die "the update is not compatible; give MAPPING, or use: deploy/template.sh deploy $1"
    ;;
  drain | deploy | check | rollback)
    (($# >= 1)) || die "$verb JOB"
    check_job "$1"
    "$verb" "$@"
    ;;
  help | -h | --help) usage ;;
  *)
    usage >&2
    exit 2
    ;;
esac
