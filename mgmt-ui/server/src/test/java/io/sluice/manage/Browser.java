package io.sluice.manage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** What a browser does that matters here: keeps cookies, says where a request comes from, trusts one certificate. */
final class Browser implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    final String site;
    final Map<String, String> cookies = new LinkedHashMap<>();
    /** What the page knows of its session. */
    String csrf = "";
    private final HttpClient client;

    Browser(ManagementServer server) throws Exception {
        this(server, HttpClient.Version.HTTP_2);
    }

    Browser(ManagementServer server, HttpClient.Version version) throws Exception {
        site = "https://localhost:" + server.port();
        client = HttpClient.newBuilder().version(version).connectTimeout(Duration.ofSeconds(10))
                .sslContext(trusting(server.certificate().certificate())).build();
    }

    static SSLContext trusting(X509Certificate certificate) throws Exception {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null);
        store.setCertificateEntry("server", certificate);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    /** An answer. */
    record Page(int status, String text, HttpResponse<String> response) {
        JsonNode json() throws Exception {
            return JSON.readTree(text);
        }

        String code() throws Exception {
            return json().path("code").asText();
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }

    Page get(String path) throws Exception {
        return send(request(path).GET());
    }

    Page send(String method, String path, @Nullable Object body) throws Exception {
        return send(request(path).header("Content-Type", "application/json").header("X-Sluice-Csrf", csrf)
                .header("Origin", site).header("Sec-Fetch-Site", "same-origin")
                .method(method, body == null ? BodyPublishers.noBody() : text(body)));
    }

    private static HttpRequest.BodyPublisher text(Object body) throws Exception {
        return BodyPublishers.ofString(body instanceof String s ? s : JSON.writeValueAsString(body));
    }

    Page post(String path, @Nullable Object body) throws Exception {
        return send("POST", path, body);
    }

    HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(site + path)).timeout(Duration.ofSeconds(60));
        if (!cookies.isEmpty()) {
            StringBuilder text = new StringBuilder();
            cookies.forEach((name, value) -> text.append(text.isEmpty() ? "" : "; ").append(name).append('=')
                    .append(value));
            request.header("Cookie", text.toString());
        }
        return request;
    }

    Page send(HttpRequest.Builder request) throws Exception {
        HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
        for (String set : response.headers().allValues("Set-Cookie")) {
            String pair = set.substring(0, set.indexOf(';'));
            String name = pair.substring(0, pair.indexOf('='));
            String value = pair.substring(name.length() + 1);
            if (value.isEmpty()) {
                cookies.remove(name);
            } else {
                cookies.put(name, value);
            }
        }
        Page page = new Page(response.statusCode(), response.body(), response);
        if (page.header("Content-Type").startsWith("application/json") && page.json().has("csrf")) {
            csrf = page.json().get("csrf").asText();
        }
        return page;
    }

    HttpClient client() {
        return client;
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
