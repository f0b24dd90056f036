package io.sluice.manage;

import io.sluice.manage.settings.ManageSettings;
import io.sluice.manage.settings.ManageSettingsReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A management server on a free port, as its settings file says. */
final class Served implements AutoCloseable {
    static final String PASSWORD = "correct horse battery staple";

    final ManagementServer server;
    /** What it said to its operator. */
    final List<String> said = new CopyOnWriteArrayList<>();

    Served(Path folder, String more) throws Exception {
        this(folder, more, InstantSource.system());
    }

    Served(Path folder, String more, InstantSource clock) throws Exception {
        Path config = Files.writeString(folder.resolve("manage.yaml"), """
                listen: "127.0.0.1:0"
                data: manage
                journal: journal
                control: {socket: control.sock}
                """ + more);
        ManageSettings settings = ((ManageSettingsReader.Result.Read) ManageSettingsReader.read(config,
                Files.readString(config))).settings();
        server = ManagementServer.start(settings, "1.2.3", said::add, clock);
    }

    /** Makes the first account by the setup link, and returns its browser, signed in. */
    Browser setUp(String user) throws Exception {
        String link = server.setupLink().orElseThrow();
        Browser browser = new Browser(server);
        Browser.Page page = browser.post("/api/setup", Map.of("token", link.substring(link.indexOf('#') + 1), "user",
                user, "password", PASSWORD));
        if (page.status() != 200) {
            throw new AssertionError(page.text());
        }
        return browser;
    }

    @Override
    public void close() {
        server.close();
    }
}
