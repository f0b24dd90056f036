# What the recording scripts share: hosts in network namespaces, joined by a bridge, and a capture at one port of it.
# Sourced by */record.sh, which run in the project's root.

[ "$(id -u)" = 0 ] || { echo "needs root, to make network namespaces" >&2; exit 3; }
java=${JAVA:-java}
root=$(pwd)
work=$(mktemp -d)
prefix=slrec$$
jobs=
hosts=

clean() {
    for job in $jobs; do kill "$job" 2>/dev/null || true; done
    for host in sw $hosts; do ip netns delete "$prefix-$host" 2>/dev/null || true; done
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

network() {
    ip netns add "$prefix-$1"
    # No router solicitations and multicast reports: the recording shows the protocol, TCP and ARP alone.
    ip netns exec "$prefix-$1" sysctl -qw net.ipv6.conf.all.disable_ipv6=1 net.ipv6.conf.default.disable_ipv6=1
}

bridge() {
    network sw
    ip -n "$prefix-sw" link add bridge type bridge mcast_snooping 0
    ip -n "$prefix-sw" link set bridge up
}

host() { # name address mac
    hosts="$hosts $1"
    network "$1"
    ip -n "$prefix-sw" link add "$1" type veth peer name eth0 address "$3" netns "$prefix-$1"
    offload_off "$prefix-$1" eth0
    offload_off "$prefix-sw" "$1"
    ip -n "$prefix-sw" link set "$1" master bridge up
    ip -n "$prefix-$1" address add "$2/24" dev eth0
    ip -n "$prefix-$1" link set lo up
    ip -n "$prefix-$1" link set eth0 up
}

capture() { # host: as a mirror of its port would see it
    ip netns exec "$prefix-sw" tcpdump -i "$1" -s 0 -U -w "$work/capture.pcap" --time-stamp-precision nano 2>"$work/tcpdump" &
    jobs="$jobs $!"
}

run() { # host class arguments; becomes the program, so that `kill` reaches it: call it in the background or as (run …)
    where=$prefix-$1
    class=$2
    shift 2
    exec ip netns exec "$where" "$java" -cp "$classpath" "io.sluice.testdata.record.$class" "$@"
}

keep() { # folder: the capture is complete
    sleep 1
    for job in $jobs; do kill "$job" 2>/dev/null || true; done
    for job in $jobs; do wait "$job" 2>/dev/null || true; done
    jobs=
    cat "$work/tcpdump"
    mkdir -p "$1"
    cp "$work/capture.pcap" "$1/capture.pcap"
}
