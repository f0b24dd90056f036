package io.sluice.manage.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.manage.Refused;
import io.sluice.manage.http.Contract.Operation;
import io.sluice.manage.http.Contract.Parameter;
import io.sluice.manage.http.Contract.Place;
import io.sluice.manage.http.Gate.Asked;
import io.sluice.manage.identity.Session;
import io.sluice.manage.identity.SignIn.From;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One request from its headers to its answer: checked on a thread of its own while its body waits in the socket, then read,
 * compared with the document, and worked on.
 */
final class Exchange {
    private static final int HTTPS = 443;

    private final Schema schema;
    private final Gate gate;
    private final Executor works;
    private final Vertx vertx;
    private final Consumer<String> report;

    Exchange(Schema schema, Gate gate, Executor works, Vertx vertx, Consumer<String> report) {
        this.schema = schema;
        this.gate = gate;
        this.works = works;
        this.vertx = vertx;
        this.report = report;
    }

    void serve(RoutingContext routing, Operation operation, Operations.Work work) {
        HttpServerRequest request = routing.request();
        request.pause();
        Context loop = vertx.getOrCreateContext();
        RequestBody body = new RequestBody(request, loop);
        Map<String, String> path = Map.copyOf(routing.pathParams());
        works.execute(() -> {
            Answer answer = answer(request, path, operation, work, body);
            loop.runOnContext(_ -> {
                if (!request.response().ended() && !request.response().closed()) {
                    if (answer instanceof Answer.Stream stream) {
                        stream(request, stream.source(), operation);
                    } else {
                        write(request, answer);
                    }
                } else if (answer instanceof Answer.Stream stream) {
                    stream.source().close();
                }
            });
        });
    }

    private Answer answer(HttpServerRequest request, Map<String, String> path, Operation operation,
            Operations.Work work, RequestBody body) {
        try {
            Asked asked = asked(request, operation);
            Optional<Session> session = gate.pass(asked);
            Map<String, JsonNode> parameters = parameters(request, path, operation);
            JsonNode json = operation.body().isPresent() ? json(body, operation.body().get()) : null;
            return work.run(new Call(session, asked.token(), from(asked), asked.site(), parameters, json,
                    asked.cookies(), body::to));
        } catch (Refused e) {
            return refusal(e);
        } catch (RuntimeException e) {
            report.accept("this is a bug in Sluice: " + operation.id() + " failed by " + e);
            return refusal(Refused.of(500, "bug", "this is a bug in Sluice; please report it with the server's log"));
        }
    }

    private static From from(Asked asked) {
        return new From(asked.address(), asked.header("User-Agent").orElse(""));
    }

    private static Asked asked(HttpServerRequest request, Operation operation) {
        Map<String, String> headers = new HashMap<>();
        request.headers().forEach(h -> headers.putIfAbsent(h.getKey().toLowerCase(Locale.ROOT), h.getValue()));
        Map<String, String> cookies = new HashMap<>();
        request.cookies().forEach(c -> cookies.putIfAbsent(c.getName(), c.getValue()));
        return new Asked(operation, request.remoteAddress().hostAddress(), site(request.authority()), headers, cookies);
    }

    /** As browsers write origins: without the port that HTTPS has anyway. */
    private static String site(@Nullable HostAndPort authority) {
        if (authority == null) {
            return "https://?";
        }
        String host = authority.host().indexOf(':') >= 0 && !authority.host().startsWith("[")
                ? "[" + authority.host() + "]"
                : authority.host();
        return "https://" + host
                + (authority.port() > 0 && authority.port() != HTTPS ? ":" + authority.port() : "");
    }

    private Map<String, JsonNode> parameters(HttpServerRequest request, Map<String, String> path, Operation operation)
            throws Refused {
        Map<String, JsonNode> parameters = new HashMap<>();
        for (Parameter parameter : operation.parameters()) {
            String given = parameter.place() == Place.PATH
                    ? path.get(parameter.name())
                    : request.getParam(parameter.name());
            if (given == null || (given.isEmpty() && parameter.place() == Place.QUERY)) {
                if (parameter.required()) {
                    throw Refused.wrong("the request needs `" + parameter.name() + "`");
                }
                JsonNode standard = parameter.schema().get("default");
                if (standard != null) {
                    parameters.put(parameter.name(), standard);
                }
                continue;
            }
            JsonNode value = schema.typed(given, parameter.schema());
            Optional<String> problem = schema.problem(value, parameter.schema(), "`" + parameter.name() + "`");
            if (problem.isPresent()) {
                throw Refused.wrong(problem.get());
            }
            parameters.put(parameter.name(), value);
        }
        return parameters;
    }

    private JsonNode json(RequestBody body, JsonNode type) throws Refused {
        JsonNode json = body.json();
        Optional<String> problem = schema.problem(json, type, "the request");
        if (problem.isPresent()) {
            throw Refused.wrong(problem.get());
        }
        return json;
    }

    private void stream(HttpServerRequest request, LiveSource source, Operation operation) {
        Asked asked = asked(request, operation);
        SecurityHeaders.put(request.response());
        new LiveStream(vertx, request.response(), source, works, () -> {
            try {
                return gate.pass(asked).isPresent();
            } catch (Refused e) {
                return false;
            }
        }).start();
        discard(request);
    }

    static Answer refusal(Refused e) {
        List<ProblemView> problems = e.problems().stream().map(ProblemView::of).toList();
        return new Answer.Value(e.status(),
                new RefusalView(e.code(), e.sentence(), problems.isEmpty() ? null : problems,
                        e.retryAfterSeconds().orElse(null)),
                List.of());
    }

    private record RefusalView(String code, String sentence, @Nullable List<ProblemView> problems,
            @Nullable Integer retryAfterSeconds) {}

    void write(HttpServerRequest request, Answer answer) {
        HttpServerResponse response = request.response();
        SecurityHeaders.put(response);
        if (!(answer instanceof Answer.Content)) {
            response.putHeader("Cache-Control", "no-store");
        }
        switch (answer) {
            case Answer.Value value -> {
                cookies(response, value.cookies());
                if (value.body() instanceof RefusalView refusal && refusal.retryAfterSeconds() != null) {
                    response.putHeader("Retry-After", String.valueOf(refusal.retryAfterSeconds()));
                }
                response.setStatusCode(value.status()).putHeader("Content-Type", "application/json")
                        .end(Buffer.buffer(Json.bytes(value.body())));
            }
            case Answer.Content content -> {
                response.putHeader("Cache-Control", "no-store");
                content.headers().forEach(response::putHeader);
                response.setStatusCode(content.status()).putHeader("Content-Type", content.type())
                        .end(Buffer.buffer(content.body()));
            }
            case Answer.Done done -> {
                cookies(response, done.cookies());
                response.setStatusCode(204).end();
            }
            case Answer.Redirect redirect -> {
                cookies(response, redirect.cookies());
                response.setStatusCode(302).putHeader("Location", redirect.location()).end();
            }
            case Answer.Stream _ -> throw new IllegalStateException("streams are not written at once");
        }
        discard(request);
    }

    /** A body that nobody wanted is read and dropped, so that the connection serves what comes next. */
    private static void discard(HttpServerRequest request) {
        if (!request.isEnded()) {
            request.resume();
        }
    }

    /** `__Host-` (RFC 6265bis §4.1.3): only over TLS, for this host alone, for all paths. */
    private static void cookies(HttpServerResponse response, List<Answer.Cookie> cookies) {
        for (Answer.Cookie cookie : cookies) {
            response.headers().add("Set-Cookie", cookie.name() + "=" + cookie.value() + "; Path=/; Secure; HttpOnly;"
                    + " SameSite=" + (cookie.lax() ? "Lax" : "Strict") + (cookie.value().isEmpty()
                            ? "; Max-Age=0"
                            : ""));
        }
    }
}
