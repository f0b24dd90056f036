package io.sluice.manage.jump;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a person copies to connect, and what has to be known beside it.
 *
 * @param host how the gateway is reached from where the person is
 * @param fingerprint of the gateway's host key
 */
public record Command(String login, String host, int port, String password, Instant expires, String fingerprint,
        List<LocalPorts.Door> doors) {

    /** One line for a terminal of any system. */
    public String line() {
        return "ssh -N -p " + port + " " + doors.stream().map(LocalPorts.Door::forward).collect(Collectors.joining(" "))
                + " " + login + "@" + host;
    }

    /** The same to be double-clicked under Windows. */
    public String file() {
        return String.join("\r\n", "@echo off", "title Session " + login,
                "echo Host key of the gateway: " + fingerprint,
                "echo The one-time password is on the page of the session.", line(), "pause", "");
    }

    public List<String> hosts() {
        return doors.stream().filter(LocalPorts.Door::named).map(LocalPorts.Door::hostsLine).toList();
    }

    public List<String> notes() {
        List<String> notes = new ArrayList<>();
        notes.add("The first connection shows the host key's fingerprint: say yes only where it is the same as here.");
        notes.add("The password works once. For another connection press connect again.");
        if (doors.stream().anyMatch(LocalPorts.Door::named)) {
            notes.add(
                    "OPC UA messages name their server, so its own name and port are used: put the hosts lines into the"
                            + " hosts file. On macOS also run `sudo ifconfig lo0 alias` with each of these addresses first.");
        }
        return List.copyOf(notes);
    }
}
