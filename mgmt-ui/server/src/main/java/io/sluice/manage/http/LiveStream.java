package io.sluice.manage.http;

import io.sluice.manage.http.LiveSource.Push;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;

/**
 * Server-sent events (WHATWG HTML §9.2) to one page. A page that reads too slowly is not written to until it has caught up;
 * what its source cannot keep meanwhile, it counts as lost. Whoever is signed out hears nothing more within seconds.
 */
final class LiveStream {
    private static final long BEAT_MILLIS = 100;
    private static final int QUEUE_BYTES = 1 << 20;
    private static final int BEATS_TO_CHECK = 20;
    private static final int BEATS_TO_PING = 150;

    private final Vertx vertx;
    private final HttpServerResponse response;
    private final LiveSource source;
    private final Executor works;
    private final BooleanSupplier allowed;
    private long timer;
    private int beats;
    private boolean over;

    LiveStream(Vertx vertx, HttpServerResponse response, LiveSource source, Executor works, BooleanSupplier allowed) {
        this.vertx = vertx;
        this.response = response;
        this.source = source;
        this.works = works;
        this.allowed = allowed;
    }

    /** On the event loop, as everything here. */
    void start() {
        response.setChunked(true).putHeader("Content-Type", "text/event-stream").putHeader("Cache-Control", "no-store");
        response.setWriteQueueMaxSize(QUEUE_BYTES);
        response.closeHandler(_ -> end());
        response.exceptionHandler(_ -> end());
        response.write(": begin\n\n");
        timer = vertx.setPeriodic(BEAT_MILLIS, _ -> beat());
    }

    private void beat() {
        beats++;
        if (over || response.closed()) {
            end();
            return;
        }
        if (beats % BEATS_TO_CHECK == 0) {
            var context = vertx.getOrCreateContext();
            works.execute(() -> {
                if (!allowed.getAsBoolean()) {
                    context.runOnContext(_ -> signOut());
                }
            });
        }
        if (response.writeQueueFull()) {
            return;
        }
        StringBuilder text = new StringBuilder();
        for (Push push : source.take()) {
            text.append("event: ").append(push.event()).append("\ndata: ").append(push.data()).append("\n\n");
        }
        if (beats % BEATS_TO_PING == 0) {
            text.append(": still here\n\n");
        }
        if (!text.isEmpty()) {
            response.write(text.toString());
        }
    }

    private void signOut() {
        if (!over) {
            end();
            response.end("event: signed-out\ndata: {}\n\n");
        }
    }

    private void end() {
        if (!over) {
            over = true;
            vertx.cancelTimer(timer);
            source.close();
        }
    }
}
