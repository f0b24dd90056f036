package io.sluice.manage.http;

import com.fasterxml.jackson.core.type.TypeReference;
import io.sluice.manage.Refused;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** The pages, from the folder {@code web/} of the class path. They are few, and kept once they were asked for. */
final class StaticFiles {
    private static final String FOLDER = "/web";
    private static final String INDEX = "/index.html";
    private static final String NEEDS = "/pages.json";
    /** Nothing but plain names: no way leads out of the folder. */
    private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9_@-][A-Za-z0-9._@-]*)+");
    /** Names that change with the contents, as the build gives them. */
    private static final Pattern HASHED = Pattern.compile("/assets/.+-[A-Za-z0-9_-]{8,}\\.[a-z0-9]+");
    private static final Map<String, String> TYPES = types();
    private static final Set<String> PACKED = Set.of("html", "js", "css", "json", "svg", "txt");

    /** Smaller ones fit into a packet or two anyway. */
    private static final int WORTH_PACKING = 1024;

    private final Map<String, Optional<Stored>> kept = new ConcurrentHashMap<>();
    /** What the page of a path needs at once, as the value of {@code Link} (RFC 8288). */
    private final Map<String, String> needs;

    /** A file, and the same as gzip where that is shorter. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Stored(byte[] plain, byte @Nullable [] packed) {}

    StaticFiles() {
        needs = read(NEEDS).map(StaticFiles::links).orElse(Map.of());
    }

    private static Map<String, String> types() {
        Map<String, String> types = new HashMap<>();
        types.put("html", "text/html; charset=utf-8");
        types.put("js", "text/javascript; charset=utf-8");
        types.put("css", "text/css; charset=utf-8");
        types.put("json", "application/json");
        types.put("map", "application/json");
        types.put("svg", "image/svg+xml");
        types.put("png", "image/png");
        types.put("ico", "image/x-icon");
        types.put("webmanifest", "application/manifest+json");
        types.put("woff2", "font/woff2");
        types.put("txt", "text/plain; charset=utf-8");
        return types;
    }

    /**
     * A file; paths of the application, which have no file, are answered by its one page.
     *
     * @param packed whether whoever asks takes gzip
     */
    Answer find(String path, boolean packed) throws Refused {
        String name = path.equals("/") ? INDEX : path;
        // Folders have no ending: `/assets` is a page of the application as well as a folder of files.
        boolean isFile = name.lastIndexOf('.') > name.lastIndexOf('/');
        if (isFile && !name.equals(INDEX)) {
            Stored file = PATH.matcher(name).matches() ? read(name).orElse(null) : null;
            if (file == null) {
                throw Refused.notFound("there is no page `" + path + "`");
            }
            return content(name, file, packed, HASHED.matcher(name).matches()
                    ? "public, max-age=31536000, immutable"
                    : "no-cache", "");
        }
        Stored page = read(INDEX).orElseThrow(() -> Refused.notFound(
                "this build has no pages; the API is described at /api/openapi.yaml"));
        return content(INDEX, page, packed, "no-cache", needs.getOrDefault(path, ""));
    }

    private static Answer content(String name, Stored file, boolean packed, String caching, String links) {
        Map<String, String> headers = new HashMap<>(Map.of("Cache-Control", caching));
        byte[] body = file.plain();
        if (file.packed() != null) {
            headers.put("Vary", "Accept-Encoding");
            if (packed) {
                headers.put("Content-Encoding", "gzip");
                body = file.packed();
            }
        }
        if (!links.isEmpty()) {
            headers.put("Link", links);
        }
        return new Answer.Content(200, type(name), body, headers);
    }

    /** Of {@code pages.json}, as the build of the pages writes it; without it pages come as well, only later. */
    private static Map<String, String> links(Stored file) {
        Map<String, String> links = new HashMap<>();
        try {
            Json.MAPPER.readValue(file.plain(), new TypeReference<Map<String, List<String>>>() {
            })
                    .forEach((path, needed) -> links.put(path,
                            needed.stream().map(StaticFiles::link).collect(Collectors.joining(", "))));
        } catch (IOException e) {
            return Map.of();
        }
        return links;
    }

    private static String link(String file) {
        return "<" + file + ">; rel=" + (file.endsWith(".css") ? "preload; as=style" : "modulepreload")
                + "; crossorigin";
    }

    private Optional<Stored> read(String name) {
        Optional<Stored> known = kept.get(name);
        if (known != null) {
            return known;
        }
        try (InputStream in = StaticFiles.class.getResourceAsStream(FOLDER + name)) {
            if (in == null) {
                return Optional.empty(); // not kept: anybody may ask for any name
            }
            byte[] plain = in.readAllBytes();
            Optional<Stored> file = Optional.of(new Stored(plain, pack(name, plain)));
            kept.put(name, file);
            return file;
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The files are the same for everybody and hold no secrets, so that their length gives none away. */
    private static byte @Nullable [] pack(String name, byte[] plain) throws IOException {
        if (plain.length < WORTH_PACKING || !PACKED.contains(name.substring(name.lastIndexOf('.') + 1))) {
            return null;
        }
        ByteArrayOutputStream packed = new ByteArrayOutputStream(plain.length / 2);
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write(plain);
        }
        return packed.size() < plain.length ? packed.toByteArray() : null;
    }

    private static String type(String name) {
        return TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "application/octet-stream");
    }
}
