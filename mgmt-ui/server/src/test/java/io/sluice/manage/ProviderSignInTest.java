package io.sluice.manage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Against a real identity provider, the npm package oidc-provider, as a process of its own. Skipped where there is no npm. */
@Timeout(600)
@SuppressWarnings("try") // what a test only starts and ends
class ProviderSignInTest {
    private static final Pattern FORM = Pattern.compile("(?s)<form[^>]*action=\"([^\"]+)\".*?</form>");
    private static final Pattern INPUT = Pattern.compile("<input[^>]*name=\"([^\"]*)\"(?:[^>]*value=\"([^\"]*)\")?");

    @TempDir
    private Path folder;

    @Test
    void whoBelongsToAGroupWithARoleSignsInAndNobodyElseDoes() throws Exception {
        Path packages = install();
        Files.writeString(folder.resolve("secret"), "a-secret-of-the-test\n");
        int port = freePort();
        try (var served = new Served(folder, """
                oidc:
                  name: Plant login
                  issuer: "http://localhost:%d"
                  client: sluice
                  secret_file: secret
                  roles: {ot-operators: [viewer, operator]}
                """.formatted(port)); Browser anna = new Browser(served.server)) {
            assertEquals("provider-unreachable", anna.get("/api/session/oidc").code());
            String callback = anna.site + "/api/session/oidc/callback";
            try (var provider = new RunningProvider(packages, port, callback, "ot-operators")) {
                URI back = atTheProvider(URI.create(anna.get("/api/session/oidc").header("Location")), callback);
                try (Browser eve = new Browser(served.server)) {
                    assertEquals("wrong-state", eve.get(path(back)).code(), "begun in another browser");
                }
                assertEquals("wrong-state", anna.get(path(back)).code(), "each answer counts once");

                back = atTheProvider(URI.create(anna.get("/api/session/oidc").header("Location")), callback);
                Browser.Page in = anna.get(path(back));
                assertEquals(302, in.status(), in.text());
                assertEquals("/", in.header("Location"));
                var session = anna.get("/api/session").json();
                assertEquals("alice", session.get("user").asText(), session.toString());
                assertEquals("[\"viewer\",\"operator\"]", session.get("roles").toString());
                assertEquals("Plant login", session.at("/providers/0").asText());
                assertEquals(200, anna.get("/api/status").status());
            }
            try (var provider = new RunningProvider(packages, port, callback, "guests");
                    Browser guest = new Browser(served.server)) {
                URI back = atTheProvider(URI.create(guest.get("/api/session/oidc").header("Location")), callback);
                assertEquals("role-missing", guest.get(path(back)).code());
                assertTrue(guest.cookies.keySet().stream().noneMatch("__Host-sluice"::equals));
            }
        }
    }

    private static String path(URI uri) {
        return uri.getRawPath() + "?" + uri.getRawQuery();
    }

    /** From the lock file beside the provider; kept for the next run. */
    private static Path install() throws Exception {
        Path packages = Files.createDirectories(Path.of("target", "oidc").toAbsolutePath());
        for (String name : List.of("package.json", "package-lock.json", "provider.mjs")) {
            try (var in = ProviderSignInTest.class.getResourceAsStream("/oidc/" + name)) {
                Files.write(packages.resolve(name), in.readAllBytes());
            }
        }
        if (!Files.isDirectory(packages.resolve("node_modules/oidc-provider"))) {
            boolean installed;
            try {
                Process npm = new ProcessBuilder("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
                        .directory(packages.toFile()).redirectErrorStream(true)
                        .redirectOutput(packages.resolve("npm.log").toFile()).start();
                installed = npm.waitFor(400, TimeUnit.SECONDS) && npm.exitValue() == 0;
            } catch (java.io.IOException e) {
                installed = false;
            }
            assumeTrue(installed, "no identity provider to sign in at: `npm ci` is not there or failed, see "
                    + packages.resolve("npm.log"));
        }
        return packages;
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static final class RunningProvider implements AutoCloseable {
        private final Process process;

        RunningProvider(Path packages, int port, String callback, String group) throws Exception {
            process = new ProcessBuilder("node", "provider.mjs", Integer.toString(port), callback, group)
                    .directory(packages.toFile()).redirectError(packages.resolve("provider.log").toFile()).start();
            String line = process.inputReader().readLine();
            assertEquals("ready", line, "the provider does not start");
        }

        @Override
        public void close() throws Exception {
            process.destroy();
            process.waitFor(20, TimeUnit.SECONDS);
        }
    }

    /** What a person does there: fills each form in, until the provider leads back. */
    private static URI atTheProvider(URI begin, String callback) throws Exception {
        Map<String, String> cookies = new HashMap<>();
        try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            URI at = begin;
            HttpRequest.Builder request = HttpRequest.newBuilder(at);
            for (int step = 0; step < 25; step++) {
                if (!cookies.isEmpty()) {
                    request.header("Cookie", String.join("; ", cookies.entrySet().stream()
                            .map(c -> c.getKey() + "=" + c.getValue()).toList()));
                }
                HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
                for (String set : response.headers().allValues("Set-Cookie")) {
                    String[] pair = set.substring(0, (set + ";").indexOf(';')).split("=", 2);
                    cookies.put(pair[0], pair[1]);
                }
                var location = response.headers().firstValue("Location");
                if (location.isPresent()) {
                    at = at.resolve(location.get());
                    if (at.toString().startsWith(callback)) {
                        return at;
                    }
                    request = HttpRequest.newBuilder(at);
                    continue;
                }
                Matcher form = FORM.matcher(response.body());
                assertTrue(form.find(), response.statusCode() + " " + response.body());
                at = at.resolve(form.group(1).replace("&amp;", "&"));
                request = HttpRequest.newBuilder(at).header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(filled(form.group())));
            }
            throw new AssertionError("the provider leads nowhere");
        }
    }

    private static String filled(String form) {
        List<String> fields = new ArrayList<>();
        Matcher input = INPUT.matcher(form);
        while (input.find()) {
            String value = switch (input.group(1)) {
                case "login" -> "alice";
                case "password" -> "secret";
                default -> input.group(2) == null ? "" : input.group(2);
            };
            fields.add(input.group(1) + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
        }
        return String.join("&", fields);
    }
}
