package io.sluice.integration.peer;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * People who use the management server from a host of their own, each with a session. One request: {@code PERSON METHOD PATH
 * BODY}, the body as JSON in one line or nothing; the answer is the status and the body.
 */
public final class Staff {
    private final String site;
    private final HttpClient client;
    private final Map<String, Map<String, String>> cookies = new HashMap<>();
    private final Map<String, String> csrf = new HashMap<>();

    private Staff(String site) throws Exception {
        this.site = site;
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[]{new Trusting()}, new SecureRandom());
        client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(45))
                .sslContext(context).build();
    }

    /** Argument: the server, {@code https://192.0.2.1:8443}. */
    public static void main(String[] arguments) throws Exception {
        Staff staff = new Staff(arguments[0]);
        Asked.serve(staff::answer);
    }

    private List<String> answer(String[] words) throws IOException, InterruptedException {
        String person = words[0];
        String body = String.join(" ", List.of(words).subList(Math.min(3, words.length), words.length));
        Map<String, String> jar = cookies.computeIfAbsent(person, _ -> new HashMap<>());
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(site + words[2]))
                .timeout(Duration.ofSeconds(60))
                .header("Content-Type", "application/json").header("X-Sluice-Csrf", csrf.getOrDefault(person, ""))
                .header("Origin", site).header("Sec-Fetch-Site", "same-origin")
                .method(words[1], body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!jar.isEmpty()) {
            List<String> pairs = new ArrayList<>();
            jar.forEach((name, value) -> pairs.add(name + "=" + value));
            request.header("Cookie", String.join("; ", pairs));
        }
        HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
        for (String set : response.headers().allValues("Set-Cookie")) {
            String pair = set.substring(0, set.indexOf(';'));
            int equals = pair.indexOf('=');
            jar.put(pair.substring(0, equals), pair.substring(equals + 1));
        }
        String text = response.body().replace("\n", " ");
        if (text.startsWith("{") && JsonParser.parseString(text) instanceof JsonObject json && json.has("csrf")) {
            csrf.put(person, json.get("csrf").getAsString());
        }
        return List.of(Integer.toString(response.statusCode()), text);
    }

    /** The test has made the server, and nobody else is in the network. */
    private static final class Trusting extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {
            // trusted
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {
            // trusted
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
            // trusted
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
            // trusted
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
            // trusted
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            // trusted
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
