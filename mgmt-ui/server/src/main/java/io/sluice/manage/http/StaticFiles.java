package io.sluice.manage.http;

import io.sluice.manage.Refused;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** The pages, from the folder {@code web/} of the class path. They are few, and kept once they were asked for. */
final class StaticFiles {
    private static final String FOLDER = "/web";
    private static final String INDEX = "/index.html";
    /** Nothing but plain names: no way leads out of the folder. */
    private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9_@-][A-Za-z0-9._@-]*)+");
    /** Names that change with the contents, as the build gives them. */
    private static final Pattern HASHED = Pattern.compile("/assets/.+-[A-Za-z0-9_-]{8,}\\.[a-z0-9]+");
    private static final Map<String, String> TYPES = types();

    private final Map<String, Optional<byte[]>> kept = new ConcurrentHashMap<>();

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

    /** A file; paths of the application, which have no file, are answered by its one page. */
    Answer find(String path) throws Refused {
        String name = path.equals("/") ? INDEX : path;
        // Folders have no ending: `/assets` is a page of the application as well as a folder of files.
        boolean isFile = name.lastIndexOf('.') > name.lastIndexOf('/');
        if (isFile && PATH.matcher(name).matches()) {
            Optional<byte[]> file = read(name);
            if (file.isPresent()) {
                return new Answer.Content(200, type(name), file.get(), Map.of("Cache-Control",
                        HASHED.matcher(name).matches() ? "public, max-age=31536000, immutable" : "no-cache"));
            }
        }
        if (isFile && !name.equals(INDEX)) {
            throw Refused.notFound("there is no page `" + path + "`");
        }
        byte[] page = read(INDEX).orElseThrow(() -> Refused.notFound(
                "this build has no pages; the API is described at /api/openapi.yaml"));
        return new Answer.Content(200, type(INDEX), page, Map.of("Cache-Control", "no-cache"));
    }

    private Optional<byte[]> read(String name) {
        Optional<byte[]> known = kept.get(name);
        if (known != null) {
            return known;
        }
        try (InputStream in = StaticFiles.class.getResourceAsStream(FOLDER + name)) {
            if (in == null) {
                return Optional.empty(); // not kept: anybody may ask for any name
            }
            Optional<byte[]> file = Optional.of(in.readAllBytes());
            kept.put(name, file);
            return file;
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static String type(String name) {
        return TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "application/octet-stream");
    }
}
