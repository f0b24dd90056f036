package io.sluice.manage.assets;

import io.sluice.manage.event.Deed;
import io.sluice.manage.event.Event;

/** What an event's sender says that it is. */
final class Introductions {
    private static final String DEVICE = "identification.";
    private static final String APPLICATION = "application.";
    private static final int MOST = 64;

    private Introductions() {}

    static void note(Event e, DeviceState sender) {
        e.fields().forEach((name, value) -> {
            if (name.startsWith(DEVICE)) {
                note(sender, unit(e) + name.substring(DEVICE.length()), value, e.micros());
            } else if (name.startsWith(APPLICATION)) {
                note(sender, name, value, e.micros());
            }
        });
    }

    private static void note(DeviceState sender, String name, String value, long micros) {
        if (sender.said.size() < MOST || sender.said.containsKey(name)) {
            sender.said.put(name, value);
            sender.saidAt = micros;
        }
    }

    /** Units 0, 1 and 255 are the device itself (Messaging on TCP/IP V1.0b §4.4.2.1); others lie behind a gateway. */
    private static String unit(Event e) {
        int unit = e.deed().parts().stream().mapToInt(Deed.Part::unit).findFirst().orElse(-1);
        return unit <= 1 || unit == 255 ? "" : "unit " + unit + " ";
    }
}
