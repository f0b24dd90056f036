#!/bin/sh
# Records CASE/capture.pcap again: real clients and a real server (Eclipse Milo) in network namespaces, joined by a
# bridge. The capture is taken at the server's port of the bridge, as a mirror port would.
#
#   sudo testdata/opcua/record.sh CASE          needs: ip, tcpdump, python3, Maven, a JDK 25 as $JAVA or `java`
#
# CASE is plain, chunks, sign-basic256sha256, encrypt-basic256sha256, encrypt-aes128 or sign-aes128. Run it from the
# project's root. Times, port numbers, nonces and certificates differ from one recording to the next, so the numbers and
# fingerprints in README.md and the expected texts must be renewed with it; the fingerprints are printed.
set -eu
case "${1:-}" in
    plain|chunks) case_name=$1 policies= ;;
    sign-basic256sha256) case_name=$1 policies=Basic256Sha256 ;;
    encrypt-basic256sha256) case_name=$1 policies=Basic256Sha256 ;;
    sign-aes128|encrypt-aes128) case_name=$1 policies=Aes128_Sha256_RsaOaep ;;
    *) echo "usage: $0 plain|chunks|sign-basic256sha256|encrypt-basic256sha256|encrypt-aes128|sign-aes128" >&2; exit 2 ;;
esac
. testdata/record-lib.sh

bridge
host opc 10.3.1.20 00:80:f4:01:02:20
host hmi 10.3.1.105 02:53:4c:03:01:05
host hist 10.3.1.109 02:53:4c:03:01:09
host eng 10.3.1.77 02:53:4c:03:00:77

capture opc
run opc Opc3Server 10.3.1.20 $policies >"$work/server" &
jobs="$jobs $!"
for _ in $(seq 30); do ! grep -q listens "$work/server" || break; sleep 1; done
cat "$work/server"

case $case_name in
    plain)
        (run hmi PlainClients hmi 10.3.1.20)
        (run hist PlainClients historian 10.3.1.20 10.3.1.109)
        (run eng PlainClients engineer 10.3.1.20)
        run hist PlainClients poll-historian 10.3.1.20 &
        together=$!
        (run hmi PlainClients poll-hmi 10.3.1.20)
        wait "$together" ;;
    chunks) (run hmi ChunkClient 10.3.1.20) ;;
    *)
        (run hmi SecuredClients "$case_name" hmi 10.3.1.20 10.3.1.105)
        (run hist SecuredClients "$case_name" historian 10.3.1.20 10.3.1.109)
        (run eng SecuredClients "$case_name" engineer 10.3.1.20 10.3.1.77) ;;
esac
keep "testdata/opcua/$case_name"
