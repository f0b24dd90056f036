package io.sluice.manage.http;

import io.sluice.manage.Refused;
import io.sluice.manage.http.Contract.Operation;
import io.sluice.manage.identity.Sessions;
import io.sluice.manage.settings.ManageSettings.Listen;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The HTTPS server: HTTP/1.1, every route of the API document, and the pages for everything else. */
public final class HttpFront implements AutoCloseable {
    private static final int START_SECONDS = 20;
    private static final int STOP_SECONDS = 5;
    private static final int ANSWER_SECONDS = 10;
    private static final int IDLE_SECONDS = 120;
    private static final int LONGEST_HEADERS = 16 << 10;
    private static final Pattern GZIP = Pattern.compile("(^|[\\s,])gzip\\s*(?!;\\s*q=0(\\.0*)?\\s*(,|$))(,|;|$)");
    private static final Set<String> TLS = Set.of("TLSv1.3", "TLSv1.2");

    /** Kept, since the log manager itself would forget what is set on it. What it would say, is reported. */
    private static final Logger VERTX = Logger.getLogger("io.vertx");

    private final Vertx vertx;
    private final ExecutorService works = Executors.newVirtualThreadPerTaskExecutor();
    private @Nullable HttpServer server;

    private HttpFront(Consumer<String> report) {
        VERTX.setLevel(Level.OFF);
        // Nothing is unpacked or cached on disk.
        vertx = Vertx
                .vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1).setInternalBlockingPoolSize(1)
                        .setFileSystemOptions(new FileSystemOptions().setClassPathResolvingEnabled(false)
                                .setFileCachingEnabled(false)));
        vertx.exceptionHandler(e -> report.accept("this is a bug in Sluice: " + e));
    }

    /**
     * Begins to serve.
     *
     * @param report hears of bugs, in a sentence
     * @throws IOException with a sentence for the user
     */
    public static HttpFront start(Listen listen, ServerCertificate certificate, Contract contract,
            Operations operations,
            Sessions sessions, boolean secondFactorDemanded, Optional<String> metricsToken, InstantSource clock,
            Consumer<String> report) throws IOException {
        Gate gate = new Gate(sessions, secondFactorDemanded, metricsToken, Gate.Limits.DEFAULT, clock);
        HttpFront front = new HttpFront(report);
        try {
            front.listen(listen, certificate, front.routes(contract, operations, gate, report));
            return front;
        } catch (IOException | RuntimeException e) {
            front.close();
            throw e;
        }
    }

    private Router routes(Contract contract, Operations operations, Gate gate, Consumer<String> report) {
        Router router = Router.router(vertx);
        Exchange exchange = new Exchange(new Schema(contract), gate, works, vertx, report);
        for (Operation operation : contract.operations()) {
            Operations.Work work = operations.find(operation.id()).orElse(_ -> {
                throw Refused.of(501, "not-built", "this version of the server does not offer that yet");
            });
            router.route(HttpMethod.valueOf(operation.method()), operation.path().replaceAll("\\{(\\w+)}", ":$1"))
                    .handler(context -> exchange.serve(context, operation, work));
        }
        StaticFiles pages = new StaticFiles();
        router.route().handler(context -> page(context, pages, exchange));
        router.errorHandler(500, context -> report.accept("this is a bug in Sluice: " + context.failure()));
        return router;
    }

    private static void page(RoutingContext context, StaticFiles pages, Exchange exchange) {
        String path = Objects.requireNonNullElse(context.request().path(), "/");
        boolean reads = HttpMethod.GET.equals(context.request().method())
                || HttpMethod.HEAD.equals(context.request().method());
        try {
            if (!reads || path.startsWith("/api/") || path.equals("/api")) {
                throw Refused.notFound("there is no `" + context.request().method() + " " + path + "`");
            }
            exchange.write(context.request(), pages.find(path, takesGzip(context.request())));
        } catch (Refused e) {
            exchange.write(context.request(), Exchange.refusal(e));
        }
    }

    private static boolean takesGzip(HttpServerRequest request) {
        String takes = request.getHeader("Accept-Encoding");
        return takes != null && GZIP.matcher(takes).find();
    }

    private void listen(Listen listen, ServerCertificate certificate, Router router) throws IOException {
        // Not HTTP/2: small files behind a large one were never sent to Chromium, see ADR 26.
        HttpServerOptions options = new HttpServerOptions().setSsl(true).setUseAlpn(false)
                .setEnabledSecureTransportProtocols(TLS)
                .setKeyCertOptions(new PemKeyCertOptions().setCertPath(certificate.chain().toString())
                        .setKeyPath(certificate.key().toString()))
                .setMaxHeaderSize(LONGEST_HEADERS).setIdleTimeout(IDLE_SECONDS).setIdleTimeoutUnit(TimeUnit.SECONDS)
                .setCompressionSupported(false);
        try {
            server = vertx.createHttpServer(options).requestHandler(router).listen(listen.port(), listen.address())
                    .toCompletionStage().toCompletableFuture().get(START_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IOException("nobody can listen at `" + listen + "`: " + reason(e.getCause()), e);
        } catch (TimeoutException e) {
            throw new IOException("listening at `" + listen + "` does not begin", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the start was interrupted", e);
        }
    }

    private static String reason(@Nullable Throwable e) {
        return e == null || e.getMessage() == null ? "no reason given" : e.getMessage();
    }

    /** Which port it is, where any was asked for. */
    public int port() {
        return server == null ? 0 : server.actualPort();
    }

    /** Whether the one thread that accepts connections and serves pages takes up work. Waits for it, some seconds at most. */
    public boolean answers() {
        CountDownLatch taken = new CountDownLatch(1);
        vertx.runOnContext(_ -> taken.countDown());
        try {
            return taken.await(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        works.shutdownNow();
        try {
            vertx.close().toCompletionStage().toCompletableFuture().get(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // The process ends anyway.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
