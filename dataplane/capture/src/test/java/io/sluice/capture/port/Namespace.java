package io.sluice.capture.port;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A network namespace: a host of its own at the far end of a cable. */
final class Namespace implements AutoCloseable {
    private final String name;
    private final List<Process> processes = new ArrayList<>();

    Namespace(String name) {
        this.name = name;
        Shell.attempt("ip", "netns", "del", name);
        Shell.run("ip netns add " + name);
        Shell.run("ip -n " + name + " link set lo up");
    }

    /** Takes an interface over and gives it an address such as 10.3.1.1/24. */
    void adopt(String device, String address) {
        Shell.run("ip link set " + device + " netns " + name);
        Shell.run("ip -n " + name + " addr add " + address + " dev " + device);
        Shell.run("ip -n " + name + " link set " + device + " up");
    }

    /** A Java program of the tests, in this namespace; ended with it. */
    Process java(Class<?> program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("ip", "netns", "exec", name,
                System.getProperty("java.home") + "/bin/java", "-Xmx64m", "-XX:+UseSerialGC", "-cp",
                System.getProperty("java.class.path"), program.getName()));
        command.addAll(List.of(arguments));
        Process process = Shell.start(command.toArray(String[]::new));
        processes.add(process);
        return process;
    }

    @Override
    public void close() {
        processes.forEach(Process::destroyForcibly);
        Shell.attempt("ip", "netns", "del", name);
    }
}
