import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/** Gathers under which licence each library is: what its project file names, and the texts that its jar carries. */
final class Licences {
    private final Map<String, Path> projects = new HashMap<>();
    private final Path folder;
    private final TreeMap<String, String> lines = new TreeMap<>();

    /**
     * @param classPath paths of jars, those of the local repository beside their project files
     * @param folder where texts go
     */
    Licences(String classPath, Path folder) {
        this.folder = folder;
        for (String path : classPath.strip().split(":")) {
            Path jar = Path.of(path);
            projects.put(jar.getFileName().toString(), Path.of(path.replaceFirst("\\.jar$", ".pom")));
        }
    }

    void add(String artifact, Path jar, boolean nativeCodeMoved) throws IOException {
        if (artifact.startsWith("sluice-")) {
            return;
        }
        String name = artifact.replaceFirst("\\.jar$", "");
        Path project = projects.get(artifact);
        List<String> named = project == null ? List.of() : named(project);
        List<String> texts = texts(jar, name);
        lines.put(name, String.join("\t", name, named.isEmpty() ? "see its text" : String.join("; ", named),
                texts.isEmpty() ? "-" : String.join(" ", texts),
                nativeCodeMoved ? "native code lies in runtime/lib, that for other machines is left out" : "unchanged"));
        if (named.isEmpty() && texts.isEmpty()) {
            throw new IOException("no licence of " + artifact + " was found");
        }
    }

    void write() throws IOException {
        List<String> all = new ArrayList<>(List.of("library\tlicence\ttexts in this folder\tform"));
        all.addAll(lines.values());
        Files.write(folder.resolve("LIBRARIES.tsv"), all);
    }

    /** What a project, or the one it descends from, says its licences are. */
    private List<String> named(Path project) throws IOException {
        Element root = parse(project);
        List<String> found = new ArrayList<>();
        for (Element list : children(root, "licenses")) {
            for (Element licence : children(list, "license")) {
                children(licence, "name").forEach(name -> found.add(name.getTextContent().strip().replaceAll("\\s+", " ")));
            }
        }
        if (!found.isEmpty()) {
            return found;
        }
        for (Element parent : children(root, "parent")) {
            String group = text(parent, "groupId"), artifact = text(parent, "artifactId"), version = text(parent, "version");
            Path above = repository(project, root).resolve(group.replace('.', '/')).resolve(artifact).resolve(version)
                    .resolve(artifact + "-" + version + ".pom");
            if (Files.exists(above)) {
                return named(above);
            }
        }
        return List.of();
    }

    /** The repository is above the folders of group, artifact and version. */
    private static Path repository(Path project, Element root) {
        String group = text(root, "groupId");
        if (group.isEmpty()) {
            group = children(root, "parent").stream().findFirst().map(parent -> text(parent, "groupId")).orElse("");
        }
        Path path = project.getParent().getParent().getParent();
        for (int i = 0; i < group.split("\\.").length; i++) {
            path = path.getParent();
        }
        return path;
    }

    private List<String> texts(Path jar, String name) throws IOException {
        List<String> written = new ArrayList<>();
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (ZipEntry entry : zip.stream().sorted((a, b) -> a.getName().compareTo(b.getName())).toList()) {
                String file = entry.getName();
                if (!entry.isDirectory() && file.matches("(?i)(META-INF/([^/]*/)?)?(LICEN[CS]E|NOTICE|COPYING)[^/]*")
                        && !file.endsWith(".class")) {
                    String text = name + "." + file.replaceFirst("^META-INF/", "").replace('/', '.');
                    try (InputStream in = zip.getInputStream(entry)) {
                        Files.write(folder.resolve(text), in.readAllBytes());
                    }
                    written.add(text);
                }
            }
        }
        return written;
    }

    private static Element parse(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
            return factory.newDocumentBuilder().parse(in).getDocumentElement();
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException(file + " cannot be read", e);
        }
    }

    private static List<Element> children(Element of, String name) {
        List<Element> found = new ArrayList<>();
        for (Node node = of.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element && element.getTagName().equals(name)) {
                found.add(element);
            }
        }
        return found;
    }

    private static String text(Element of, String name) {
        return children(of, name).stream().findFirst().map(e -> e.getTextContent().strip()).orElse("");
    }
}
