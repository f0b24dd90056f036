import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Lays out what the packed command line needs: its jars, and their native code where Java looks by itself. That for other
 * machines is left out; that for this one need not be unpacked at each start then. The same input gives the same bytes.
 *
 * <p>{@code java Libraries.java PACKED TO NATIVE CLASSPATH LICENCES}: folder of {@code sluice-cli.jar}; folder to write to;
 * folder for native code, {@code lib} of the runtime; file with the paths of the jars in the local repository; folder for
 * licences.
 */
final class Libraries {
    /** What every jar of native code calls the machine that this package is for. */
    private static final Map<String, String> NATIVE = Map.of(
            "duckdb_jdbc", "libduckdb_java.so_linux_amd64",
            "sqlite-jdbc", "org/sqlite/native/Linux/x86_64/libsqlitejdbc.so",
            "zstd-jni", "linux/amd64/libzstd-jni-");
    /** Only found in its jar. It is for libpcap, with which firewalls that can do better do not carry frames. */
    private static final String KEPT = "jna-";
    /** 1980-01-01, the earliest that the format knows, in local time as the format has it. */
    private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private Libraries() {}

    public static void main(String[] arguments) throws IOException {
        Path packed = Path.of(arguments[0]), to = Path.of(arguments[1]), natives = Path.of(arguments[2]);
        Files.createDirectories(to.resolve("lib"));
        Path cli = packed.resolve("sluice-cli.jar");
        Files.copy(cli, to.resolve("sluice-cli.jar"));
        Licences licences = new Licences(Files.readString(Path.of(arguments[3])), Path.of(arguments[4]));
        // The manifest, not the folder: what earlier builds needed may still lie there.
        for (String name : classPath(cli)) {
            Path jar = packed.resolve(name), copy = to.resolve(name);
            String artifact = jar.getFileName().toString();
            String library = NATIVE.keySet().stream().filter(artifact::startsWith).findAny().orElse("");
            if (library.isEmpty()) {
                if (!artifact.startsWith(KEPT) && carriesNativeCode(jar)) {
                    throw new IOException(artifact + " carries native code that this tool does not know");
                }
                Files.copy(jar, copy);
            } else {
                split(jar, NATIVE.get(library), copy, natives);
            }
            licences.add(artifact, jar, !library.isEmpty());
        }
        licences.write();
    }

    private static List<String> classPath(Path cli) throws IOException {
        try (JarFile jar = new JarFile(cli.toFile())) {
            return List.of(jar.getManifest().getMainAttributes().getValue("Class-Path").split(" +"));
        }
    }

    private static boolean carriesNativeCode(Path jar) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            return zip.stream().anyMatch(Libraries::isNative);
        }
    }

    private static boolean isNative(ZipEntry entry) {
        return entry.getName().matches(".*\\.(so|so_[a-z0-9_]+|dll|dylib|jnilib|a)");
    }

    /** Writes the jar without native code, and of that what is for this machine. */
    private static void split(Path jar, String wanted, Path copy, Path natives) throws IOException {
        int found = 0;
        try (ZipFile zip = new ZipFile(jar.toFile());
                ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(copy))) {
            List<ZipEntry> entries = new ArrayList<>(zip.stream().toList());
            // A manifest is only found where it comes first.
            entries.sort(Comparator.comparing((ZipEntry e) -> !e.getName().startsWith("META-INF/MANIFEST")).thenComparing(
                    ZipEntry::getName));
            for (ZipEntry entry : entries) {
                try (InputStream in = zip.getInputStream(entry)) {
                    if (!isNative(entry)) {
                        ZipEntry kept = new ZipEntry(entry.getName());
                        kept.setTimeLocal(TIME);
                        out.putNextEntry(kept);
                        in.transferTo(out);
                        out.closeEntry();
                    } else if (entry.getName().startsWith(wanted)) {
                        found++;
                        String name = entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
                        try (OutputStream library = Files.newOutputStream(
                                natives.resolve(name.replaceFirst("\\.so_.*", ".so")))) {
                            in.transferTo(library);
                        }
                    }
                }
            }
        }
        if (found != 1) {
            throw new IOException(jar.getFileName() + " has " + found + " native libraries for this machine instead of one");
        }
    }
}
