# How Java runs the command line. Sourced by ./sluice and by the launcher of the packages (sh).

# run_sluice JAVA JAR LIST ARGUMENT...: becomes `java -jar JAR ARGUMENT...`; LIST has more words for Java, in one word.
run_sluice() {
    java=$1 jar=$2 more=$3
    shift 3
    # Without a locale Java could not open files whose names have letters beyond ASCII.
    case ${LC_ALL:-${LC_CTYPE:-${LANG:-C}}} in
        C | POSIX) export LC_ALL=C.UTF-8 ;;
    esac

    # Whether output and messages go to a person's screen: Java cannot ask for each of them.
    terminal=
    [ -t 1 ] && terminal=out
    [ -t 2 ] && terminal=$terminal,err

    # The firewall runs for months beside others: a heap that grows as it is needed, and short pauses of the collector.
    heap=-Xmx256m
    [ "${1:-}" = inline ] && heap='-Xms32m -Xmn16m -Xmx256m'
    # So does the management server; it makes more that is soon forgotten.
    [ "${1:-}" = manage ] && heap='-Xms48m -Xmn32m -Xmx256m'

    # Serial collector and compact headers: short runs on small machines. Native access: zstd is native code.
    # shellcheck disable=SC2086  # $heap, $more and SLUICE_JAVA_OPTIONS are lists of words
    exec "$java" --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -XX:+UseSerialGC \
        -XX:+UseCompactObjectHeaders $heap $more -Dsluice.terminal="$terminal" ${SLUICE_JAVA_OPTIONS:-} \
        -jar "$jar" "$@"
}
