# Finds a JDK that Sluice can be built and run with. Sourced by ./sluice (sh), ./verify and .ci/run (bash).

# The release that the sources are compiled for; `maven.compiler.release` in pom.xml says the same.
JDK_NEEDED=25

# The major version of a java command: `openjdk version "25.0.1" 2025-10-21` is 25, `"1.8.0_402"` is 1. 0: not a Java.
java_major() {
    major=$("$1" -version 2>&1 </dev/null | sed -n 's/.* version "\([0-9]*\).*/\1/p' | head -n 1)
    echo "${major:-0}"
}

# The major version of the JDK at $1. Its file `release` says it at once; to start each candidate takes a quarter of a second.
jdk_major() {
    major=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null | head -n 1)
    if [ -n "$major" ]; then echo "$major"; else java_major "$1/bin/java"; fi
}

# Whether $1 is the home of a JDK (not only a runtime: the first start compiles) that is new enough.
is_jdk() {
    [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] && [ "$(jdk_major "$1")" -ge "$JDK_NEEDED" ]
}

# The folder above bin/ of a command, through its symbolic links.
home_of() {
    command=$1
    while [ -L "$command" ]; do
        link=$(readlink "$command")
        case $link in
            /*) command=$link ;;
            *) command=$(dirname "$command")/$link ;;
        esac
    done
    CDPATH='' cd -- "$(dirname "$command")/.." 2>/dev/null && pwd -P
}

# Prints the home of the first JDK that fits; fails when there is none. SLUICE_JAVA (a java command or the home of a
# JDK) is a decision of the user: if it does not fit, nothing else is tried.
find_jdk() {
    if [ -n "${SLUICE_JAVA:-}" ]; then
        candidate=$SLUICE_JAVA
        [ -d "$candidate" ] || candidate=$(home_of "$SLUICE_JAVA") || return 1
        is_jdk "$candidate" && echo "$candidate"
        return
    fi
    on_path=$(command -v java 2>/dev/null) && on_path=$(home_of "$on_path") || on_path=
    for candidate in "${JAVA_HOME:-}" "$on_path" /usr/lib/jvm/* /opt/*jdk* /opt/java/* "${HOME:-}"/.sdkman/candidates/java/* \
        "${HOME:-}"/.jdks/* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
        if [ -n "$candidate" ] && is_jdk "$candidate"; then
            echo "$candidate"
            return
        fi
    done
    return 1
}

# One sentence: what is missing, and how to get it.
jdk_missing() {
    if [ -n "${SLUICE_JAVA:-}" ]; then
        echo "SLUICE_JAVA=$SLUICE_JAVA is not a JDK $JDK_NEEDED or later; point it to one, or unset it to have one looked for"
    else
        echo "no JDK $JDK_NEEDED or later was found; install one (https://adoptium.net, or \`sdk install java 25-tem\`)" \
            "or point SLUICE_JAVA to its folder"
    fi
}

# Prints the command that starts Maven; fails when there is none.
find_maven() {
    for candidate in "$(command -v mvn 2>/dev/null)" "${HOME:-}"/.sdkman/candidates/maven/current/bin/mvn \
        /opt/*maven*/bin/mvn /usr/share/maven/bin/mvn; do
        if [ -n "$candidate" ] && [ -x "$candidate" ]; then
            echo "$candidate"
            return
        fi
    done
    return 1
}

maven_missing() {
    echo "Maven 3.8.7 or later is missing, which builds Sluice; install it (\`apt-get install maven\`, or https://maven.apache.org)"
}
