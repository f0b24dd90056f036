package io.sluice.manage.http;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.manage.Refused;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The bytes of one request, which wait in the socket until somebody wants them, and are never more in memory than a few
 * pieces. Used by one thread that may wait.
 */
final class RequestBody {
    /** A policy of the largest size, escaped. */
    private static final long LONGEST_JSON = 12L << 20;
    private static final int PATIENCE_SECONDS = 30;
    private static final Buffer END = Buffer.buffer();

    private final HttpServerRequest request;
    private final Context loop;
    /** One piece is asked for at a time; the end and a failure need room beside it. */
    private final BlockingQueue<Buffer> pieces = new ArrayBlockingQueue<>(4);
    private volatile boolean broken;

    RequestBody(HttpServerRequest request, Context loop) {
        this.request = request;
        this.loop = loop;
        // What comes once nobody reads any more, is dropped.
        request.handler(pieces::offer);
        request.endHandler(_ -> pieces.offer(END));
        request.exceptionHandler(_ -> {
            broken = true;
            pieces.offer(END);
        });
    }

    JsonNode json() throws Refused {
        String type = String.valueOf(request.getHeader("Content-Type"));
        if (!type.startsWith("application/json")) {
            throw Refused.of(415, "wrong-request", "the request's body must be JSON (Content-Type: application/json)");
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        copy(bytes, LONGEST_JSON);
        try {
            JsonNode json = Json.MAPPER.readTree(bytes.toByteArray());
            if (json == null || json.isMissingNode()) {
                throw Refused.wrong("the request has no body");
            }
            return json;
        } catch (JacksonException e) {
            throw Refused.wrong("the request's body is not JSON");
        } catch (IOException e) {
            throw new AssertionError("bytes in memory can be read", e);
        }
    }

    /** To a file, which is removed again where that fails. */
    long to(Path file, long most) throws Refused {
        try (OutputStream out = Files.newOutputStream(file)) {
            long size = copy(out, most);
            out.flush();
            return size;
        } catch (IOException e) {
            remove(file);
            throw Refused.of(507, "not-written", "the upload cannot be written: " + e.getMessage() + "; is the disk"
                    + " full?");
        } catch (Refused e) {
            remove(file);
            throw e;
        }
    }

    private static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // The next start clears the folder.
        }
    }

    @SuppressWarnings("ReferenceEquality") // the end is that very object
    private long copy(OutputStream out, long most) throws Refused {
        long size = 0;
        try {
            while (true) {
                loop.runOnContext(_ -> {
                    if (!request.isEnded()) {
                        request.fetch(1);
                    }
                });
                Buffer piece = pieces.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
                if (piece == null || broken) {
                    throw Refused.of(408, "too-slow", "the request's body did not come to its end");
                }
                if (piece == END) {
                    return size;
                }
                size += piece.length();
                if (size > most) {
                    throw Refused.of(413, "too-large", "that is larger than the " + (most >> 20) + " MiB that are"
                            + " accepted");
                }
                out.write(piece.getBytes());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Refused.unavailable("stopping", "the server is stopping");
        } catch (IOException e) {
            throw Refused.of(507, "not-written", "the upload cannot be written: " + e.getMessage() + "; is the disk"
                    + " full?");
        }
    }
}
