package io.sluice.journal.evidence;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a bundle is and which files it has, as JSON.
 *
 * @param key the public key that signs the journal, for information: whoever checks brings their own
 * @param covered records that the checkpoint covers
 * @param files by their names, the manifest itself excepted
 */
record EvidenceManifest(String session, String key, long covered, Map<String, Stored> files) {
    static final String FORMAT = "sluice-evidence";
    static final String VERSION = "1";

    /** Size and SHA-256 of a file, as the manifest writes them. */
    record Stored(String bytes, String sha256) {}

    /** One line for each file, in the order of their names. */
    String text() {
        StringBuilder text = new StringBuilder("{\n\"format\": ").append(Json.quoted(FORMAT)).append(",\n\"version\": ")
                .append(VERSION).append(",\n\"session\": ").append(Json.quoted(session)).append(",\n\"key\": ")
                .append(Json.quoted(key)).append(",\n\"checkpoint_records\": ").append(covered)
                .append(",\n\"files\": [");
        String between = "\n";
        for (Map.Entry<String, Stored> file : new TreeMap<>(files).entrySet()) {
            text.append(between).append("{\"name\": ").append(Json.quoted(file.getKey())).append(", \"bytes\": ")
                    .append(file.getValue().bytes()).append(", \"sha256\": ")
                    .append(Json.quoted(file.getValue().sha256())).append('}');
            between = ",\n";
        }
        return text.append("\n]\n}\n").toString();
    }

    static EvidenceManifest parse(String text) throws NoEvidence {
        Map<String, Object> read = Json.object(text).orElseThrow(
                () -> new NoEvidence("`manifest.json` is not JSON any more: it was changed or cut"));
        if (!Json.text(read, "format").equals(FORMAT)) {
            throw new NoEvidence("`manifest.json` does not say that this is a bundle of the format `" + FORMAT + "`");
        }
        if (!Json.text(read, "version").equals(VERSION)) {
            throw new NoEvidence("`manifest.json` says version `" + Json.text(read, "version")
                    + "`, and this Sluice reads version " + VERSION + "; check the bundle with a newer Sluice");
        }
        String covered = Json.text(read, "checkpoint_records");
        if (!covered.matches("[0-9]{1,18}")) {
            throw new NoEvidence("`manifest.json` lacks `checkpoint_records`, the number of records that are signed");
        }
        Map<String, Stored> files = new TreeMap<>();
        if (read.get("files") instanceof List<?> all) {
            for (Object one : all) {
                if (one instanceof Map<?, ?> file) {
                    files.put(Json.text(file, "name"), new Stored(Json.text(file, "bytes"), Json.text(file, "sha256")));
                }
            }
        }
        return new EvidenceManifest(Json.text(read, "session"), Json.text(read, "key"), Long.parseLong(covered), files);
    }
}
