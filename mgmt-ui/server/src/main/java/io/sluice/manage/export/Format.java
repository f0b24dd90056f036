package io.sluice.manage.export;

import io.sluice.manage.alerts.Alert;
import io.sluice.manage.event.Event;
import java.util.Optional;

/** How records look to a target. */
interface Format {
    byte[] event(Event event);

    /** Alerts of the inbox, where the format has a way to tell them. */
    Optional<byte[]> alert(Alert alert);
}
