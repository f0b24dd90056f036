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
[ "$(id -u)" = 0 ] || { echo "needs root, to make network namespaces" >&2; exit 3; }
java=${JAVA:-java}
root=$(pwd)
folder=$root/testdata/modbus/$case_name
work=$(mktemp -d)
prefix=slrec$$
jobs=

clean() {
    for job in $jobs; do kill "$job" 2>/dev/null || true; done
    for host in sw plc hmi hist eng; do ip netns delete "$prefix-$host" 2>/dev/null || true; done
    rm -rf "$work"
}
trap clean EXIT INT TERM

mvn ${MAVEN_ARGUMENTS:-} -q test-compile dependency:build-classpath -pl testdata -DincludeScope=test -Dmdep.outputFile="$work/classpath"
classpath=$root/testdata/target/test-classes:$root/testdata/target/classes:$(cat "$work/classpath")

# Frames on a veth have no finished checksums while offloading is on. The kernel's ETHTOOL_STXCSUM, _STSO and _SGSO,
# given 0, turn it off; most machines lack the `ethtool` program.
offload_off() {
    ip netns exec "$1" python3 - "$2" <<'PYTHON'
import array, fcntl, socket, struct, sys
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
    for command in (0x17, 0x1F, 0x24):
        value = array.array('B', struct.pack('II', command, 0))
        request = struct.pack('16sP', sys.argv[1].encode(), value.buffer_info()[0])
        fcntl.ioctl(s, 0x8946, request.ljust(40, b'\0'))
PYTHON
}

host() { # name address mac
    ip netns add "$prefix-$1"
    # No router solicitations and multicast reports: the recording shows Modbus, TCP and ARP alone.
    ip netns exec "$prefix-$1" sysctl -qw net.ipv6.conf.all.disable_ipv6=1 net.ipv6.conf.default.disable_ipv6=1
    ip -n "$prefix-sw" link add "$1" type veth peer name eth0 address "$3" netns "$prefix-$1"
    offload_off "$prefix-$1" eth0
    offload_off "$prefix-sw" "$1"
    ip -n "$prefix-sw" link set "$1" master bridge up
    ip -n "$prefix-$1" address add "$2/24" dev eth0
    ip -n "$prefix-$1" link set lo up
    ip -n "$prefix-$1" link set eth0 up
}

run() { # host class arguments; becomes the program, so that `kill` reaches it: call it in the background or as (run …)
    where=$prefix-$1
    class=$2
    shift 2
    exec ip netns exec "$where" "$java" -cp "$classpath" "io.sluice.testdata.record.$class" "$@"
}

ip netns add "$prefix-sw"
ip netns exec "$prefix-sw" sysctl -qw net.ipv6.conf.all.disable_ipv6=1 net.ipv6.conf.default.disable_ipv6=1
ip -n "$prefix-sw" link add bridge type bridge mcast_snooping 0
ip -n "$prefix-sw" link set bridge up
host plc 10.3.1.10 00:80:f4:01:02:03
host hmi 10.3.1.105 02:53:4c:03:01:05
host hist 10.3.1.109 02:53:4c:03:01:09
host eng 10.3.1.77 02:53:4c:03:00:77

ip netns exec "$prefix-sw" tcpdump -i plc -s 0 -U -w "$work/capture.pcap" --time-stamp-precision nano 2>"$work/tcpdump" &
jobs="$jobs $!"
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
sleep 1
for job in $jobs; do kill "$job" 2>/dev/null || true; done
for job in $jobs; do wait "$job" 2>/dev/null || true; done
jobs=
cat "$work/tcpdump"
cp "$work/capture.pcap" "$folder/capture.pcap"
