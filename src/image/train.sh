#!/usr/bin/env bash
# Training run for the ahead-of-time cache: starts Latchkey, uses it as its users would, and stops it.
#   train.sh CACHE JAVA-ARGUMENT...
# writes the cache to the file CACHE. It needs nothing but bash, because it runs in the image that is shipped.
set -euo pipefail
cache=$1
shift

web=${SERVER_PORT:-8080} management=${MANAGEMENT_SERVER_PORT:-8081}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export LATCHKEY_EMBEDDED_DIRECTORY=$work/data

java -XX:AOTCacheOutput="$cache" "$@" >"$work/log" 2>&1 &
service=$!

# request PORT METHOD PATH [HEADER-OR-BODY...]: an argument that starts with { or [ is the body.
request() {
	local port=$1 method=$2 path=$3 body='' head='' argument
	shift 3
	for argument in "$@"; do
		case $argument in
			'{'* | '['*) body=$argument head+=$'Content-Type: application/json\r\n' ;;
			*) head+="$argument"$'\r\n' ;;
		esac
	done
	[ "$method" = GET ] || head+="Content-Length: ${#body}"$'\r\n'
	exec 3<>"/dev/tcp/127.0.0.1/$port" || return 1
	printf '%s %s HTTP/1.1\r\nHost: localhost:%s\r\nConnection: close\r\n%s\r\n%s' \
		"$method" "$path" "$port" "$head" "$body" >&3
	timeout 300 cat <&3 || true
	exec 3>&-
}

api() {
	local method=$1 path=$2
	shift 2
	request "$web" "$method" "/api/v1$path" "$@"
}
json() { sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p" | head -n 1; }

ready() {
	request "$management" GET /actuator/health/readiness 2>/dev/null | grep -q '"UP"' && grep -q 'with the password' "$work/log"
}
for _ in {1..120}; do
	ready && break
	kill -0 $service || { cat "$work/log"; exit 1; }
	sleep 1
done

password=$(sed -n 's/.*with the password \([^ ]*\).*/\1/p' "$work/log")
signIn() { api POST /session "{\"email\":\"owner@example.com\",\"password\":\"$password\"}" | json token; }
owner="Authorization: Bearer $(signIn)"
account=/accounts/$(api GET /accounts "$owner" | json id)
[ "$account" != /accounts/ ] || { cat "$work/log"; exit 1; }

for page in / /openapi.yaml /docs /local/mailbox; do
	request "$web" GET $page >/dev/null
done
api GET /permissions >/dev/null

# Often enough for the JVM to profile the frequent methods.
for ((number = 1; number <= ${TRAINING_ROUNDS:-60}; number++)); do
	email=person$number@example.org
	invitation=$(api POST "$account/invitations" "$owner" "Idempotency-Key: train-$number" \
		"{\"email\":\"$email\",\"permissions\":[\"domains\",\"invoices\"]}" | json id)
	api GET "$account/invitations/$invitation" "$owner" >/dev/null
	api GET "$account/invitations?status=pending" "$owner" >/dev/null
	api GET "$account/events?limit=20" "$owner" 'Accept: application/json' >/dev/null
	api GET "$account/members" "$owner" >/dev/null
done
api POST "$account/invitations/$invitation/resend" "$owner" >/dev/null
api POST "$account/invitations/$invitation/revoke" "$owner" >/dev/null

# This stream ends with the service.
api GET "$account/events" "$owner" 'Accept: text/event-stream' >"$work/feed" &
feed=$!
until grep -q 'event: start' "$work/feed"; do sleep 0.2; done

message() { request "$web" GET "/local/mailbox/messages?to=person1@example.org" | json id; }
until mail=$(message) && [ "$mail" ]; do sleep 1; done
link=$(request "$web" GET "/local/mailbox/messages/$mail" | sed -n 's/.*#\([A-Za-z0-9_-]\{92\}\).*/\1/p' | head -n 1)
api POST /invitations/preview "{\"token\":\"$link\"}" >/dev/null
member=$(api POST /invitations/accept "{\"token\":\"$link\",\"name\":\"Sam\",\"password\":\"four quiet green herons\"}" | json token)
[ "$member" ] || { echo 'the training invitation was not accepted'; exit 1; }
api GET "$account/access?permission=invoices" "Authorization: Bearer $member" >/dev/null
signIn >/dev/null

kill -TERM $service
wait $service || [ $? -eq 143 ]
wait $feed
grep -q invitation.accepted "$work/feed"
[ -s "$cache" ] || { cat "$work/log"; exit 1; }
