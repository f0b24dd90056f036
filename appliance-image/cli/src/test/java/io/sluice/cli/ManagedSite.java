package io.sluice.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.manage.ManagementServer;
import io.sluice.manage.settings.ManageSettings;
import io.sluice.manage.settings.ManageSettingsReader;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** A management server as its settings file says, and people in front of it. */
final class ManagedSite implements AutoCloseable {
    static final String PASSWORD = "correct horse battery staple";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What it said to its operator. */
    final List<String> said = new CopyOnWriteArrayList<>();
    private final ManagementServer server;
    private final String site;

    ManagedSite(Path config) throws Exception {
        ManageSettings settings = ((ManageSettingsReader.Result.Read) ManageSettingsReader.read(config,
                Files.readString(config))).settings();
        server = ManagementServer.start(settings, "1.2.3", said::add);
        site = "https://localhost:" + server.port();
    }

    String fingerprint() {
        return server.certificate().fingerprint();
    }

    /** Makes the first account by the link of the console. */
    Person setUp(String user) throws Exception {
        Person person = new Person();
        person.send("POST", "/api/setup", Map.of("token", token(server.setupLink().orElseThrow()), "user", user,
                "password", PASSWORD));
        return person;
    }

    /** Has an account made for somebody, who then signs in. */
    Person add(Person administrator, String user, List<String> roles, List<String> groups) throws Exception {
        JsonNode made = administrator.send("POST", "/api/users", Map.of("user", user, "roles", roles, "groups",
                groups));
        new Person().send("POST", "/api/password", Map.of("token", token(made.get("link").asText()), "password",
                PASSWORD));
        return signIn(user);
    }

    Person signIn(String user) throws Exception {
        Person person = new Person();
        person.send("POST", "/api/session", Map.of("user", user, "password", PASSWORD));
        return person;
    }

    private static String token(String link) {
        return link.substring(link.indexOf('#') + 1);
    }

    @Override
    public void close() {
        server.close();
    }

    /** Somebody with a browser. */
    final class Person {
        private final HttpClient client;
        private String csrf = "";

        private Person() throws Exception {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null);
            store.setCertificateEntry("server", server.certificate().certificate());
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            client = HttpClient.newBuilder().sslContext(context).cookieHandler(new CookieManager()).build();
        }

        JsonNode get(String path) throws Exception {
            return send("GET", path, null);
        }

        JsonNode send(String method, String path, @Nullable Object body) throws Exception {
            HttpRequest request = HttpRequest.newBuilder(URI.create(site + path)).timeout(Duration.ofSeconds(60))
                    .header("Content-Type", "application/json").header("X-Sluice-Csrf", csrf).header("Origin", site)
                    .header("Sec-Fetch-Site", "same-origin").method(method, body == null
                            ? BodyPublishers.noBody()
                            : BodyPublishers.ofString(JSON.writeValueAsString(body)))
                    .build();
            HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
            if (response.statusCode() >= 300) {
                throw new AssertionError(method + " " + path + ": " + response.statusCode() + " " + response.body());
            }
            JsonNode answer = response.body().isEmpty() ? JSON.nullNode() : JSON.readTree(response.body());
            csrf = answer.path("csrf").asText(csrf);
            return answer;
        }
    }
}
