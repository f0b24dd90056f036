package io.sluice.integration;

import com.google.gson.JsonObject;
import com.microsoft.playwright.Page;
import io.sluice.integration.browser.Chromium;
import io.sluice.integration.browser.Person;
import io.sluice.integration.device.Plant;
import io.sluice.integration.device.SluiceInline;
import io.sluice.integration.device.SluiceManage;
import io.sluice.integration.peer.ModbusClient;
import io.sluice.integration.peer.ModbusServer;
import io.sluice.testdata.net.Namespace;
import io.sluice.testdata.net.Peer;
import java.util.List;
import java.util.Map;

/** A controller and a panel, the firewall between them, and the management server beside it. */
final class ManagedPlant implements AutoCloseable {
    static final String PLC = "10.3.1.10", PASSWORD = "correct horse battery", PHRASE = "a sentence is easy to keep";

    final Plant plant = new Plant();
    final SluiceInline inline;
    final SluiceManage manage;
    private final Peer plc;
    private final Peer panel;

    ManagedPlant() {
        Namespace cell = plant.host("plc", "cell", "00:80:f4:01:02:03", PLC + "/24");
        Namespace ops = plant.host("hmi", "plant", "02:53:4c:03:01:05", "10.3.1.105/24");
        inline = plant.setting("journal: {detail: all}").sluice(Rig.policy("line-3"));
        inline.start();
        manage = plant.manage().start(plant);
        plc = plant.peer(cell, ModbusServer.class, PLC, "502");
        panel = plant.peer(ops, ModbusClient.class);
    }

    /** The administrator by the link of the console, then an account that operates and audits, as its owner. */
    Person operator(Chromium chromium, Page page) {
        Page office = chromium.person(io.sluice.integration.browser.Look.DESK);
        Person administrator = new Person(office, manage.site()).setUp(manage.setupLink(), "ada", "Ada Admin",
                PASSWORD);
        JsonObject made = administrator.send("POST", "/api/users", Map.of("user", "anna", "name", "Anna Weber", "roles",
                List.of("operator", "auditor", "administrator"))).getAsJsonObject();
        office.context().close();
        return new Person(page, manage.site()).begin(made.get("link").getAsString(), "anna", PHRASE);
    }

    /** The panel asks on a connection of its own; what came of it. */
    String ask(String request) {
        panel.ask("connect " + PLC + " 502");
        return panel.ask(request).getFirst();
    }

    /** What has reached the controller since it was told to forget. */
    List<String> reached() {
        return plc.ask("requests");
    }

    void forget() {
        plc.ask("clear");
    }

    @Override
    public void close() {
        plant.close();
    }
}
