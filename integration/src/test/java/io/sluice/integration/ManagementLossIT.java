package io.sluice.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever becomes of the management server, the firewall enforces, and nothing of it is lost with the server. */
class ManagementLossIT {
    private ManagedPlant plant;

    @BeforeEach
    void build() {
        Rig.needed();
        plant = new ManagedPlant();
    }

    @AfterEach
    void remove() {
        if (plant != null) {
            plant.close();
        }
    }

    @Test
    void inlineGoesOnEnforcingWhileManageIsKilledRestartedAndItsDataIsDeleted() throws Exception {
        assertEnforced();
        String link = plant.manage.setupLink();
        plant.manage.kill();
        assertEnforced();
        plant.manage.start(plant.plant);
        assertFalse(plant.manage.setupLink().equals(link), "a one-time link of before must not be valid any more");
        assertEnforced();
        plant.manage.stop();
        delete(plant.manage.data());
        assertEnforced();
        plant.manage.start(plant.plant);
        assertEnforced();
        assertTrue(plant.inline.isAlive());
        plant.inline.stop();
    }

    /** What is allowed arrives, what is not does not. */
    private void assertEnforced() {
        plant.forget();
        assertEquals("done", plant.ask("write holding 100 750"));
        assertTrue(plant.ask("write holding 118 0").startsWith("lost"));
        assertTrue(plant.ask("write holding 100 1501").startsWith("lost"));
        assertEquals("750", plant.ask("read holding 100 1"));
        assertEquals(2, plant.reached().size(), () -> "the controller got " + plant.reached());
    }

    private static void delete(Path folder) throws IOException {
        List<Path> all;
        try (Stream<Path> walk = Files.walk(folder)) {
            all = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : all) {
            Files.delete(path);
        }
    }
}
