#!/bin/sh
# Records line-3/capture.pcap or pipelined/capture.pcap again: real masters and a real slave (j2mod) in network
# namespaces, joined by a bridge. The capture is taken at the slave's port of the bridge, as a mirror port would.
#
#   sudo testdata/modbus/record.sh line-3|pipelined          needs: ip, tcpdump, python3, Maven, a JDK 25 as $JAVA or `java`
#
# Run it from the project's root. Times, port numbers and sequence numbers differ from one recording to the next, so the
# frame numbers in README.md and the expected texts must be renewed with it.
set -eu
case "${1:-}" in
    line-3|pipelined) case_name=$1 ;;
    *) echo "usage: $0 line-3|pipelined" >&2; exit 2 ;;
esac
. testdata/record-lib.sh

bridge
host plc 10.3.1.10 00:80:f4:01:02:03
host hmi 10.3.1.105 02:53:4c:03:01:05
host hist 10.3.1.109 02:53:4c:03:01:09
host eng 10.3.1.77 02:53:4c:03:00:77

capture plc
run plc Line3Device 10.3.1.10 502 &
jobs="$jobs $!"
sleep 3

if [ "$case_name" = line-3 ]; then
    (run hist Line3Masters historian 10.3.1.10)
    (run hmi Line3Masters hmi 10.3.1.10)
    (run eng Line3Masters engineer 10.3.1.10)
    run hist Line3Masters poll 10.3.1.10 &
    together=$!
    (run hmi Line3Masters poll 10.3.1.10)
    wait "$together"
else
    (run hmi PipelinedMaster 10.3.1.10)
fi
keep "testdata/modbus/$case_name"
