package io.sluice.manage.export;

import io.sluice.manage.alerts.Alert;
import io.sluice.manage.event.Event;
import io.sluice.manage.export.ExportStatus.State;
import io.sluice.manage.query.Filter;
import io.sluice.manage.query.FilterContext;
import java.io.Closeable;
import java.io.IOException;
import java.util.function.Supplier;

/** Events that a filter chooses, in a format, to a target. Any thread. */
final class Export implements Closeable {
    private final ExportSettings settings;
    private final Filter filter;
    private final Supplier<FilterContext> context;
    private final Format format;
    private final Outbox outbox;

    /** @param context what the filter means at the moment of each event: zones and times move on */
    Export(ExportSettings settings, Filter filter, Supplier<FilterContext> context, Format format, Target target) {
        this.settings = settings;
        this.filter = filter;
        this.context = context;
        this.format = format;
        outbox = new Outbox(settings.name(), settings.target(), target, settings.queue());
    }

    void accept(Event e) {
        if (filter.under(context.get()).test(e)) {
            outbox.add(format.event(e));
        }
    }

    /** Alerts of the inbox go out whatever the filter says: they are no events. */
    void accept(Alert alert) {
        format.alert(alert).ifPresent(outbox::add);
    }

    ExportStatus status() {
        String trouble = outbox.trouble();
        return new ExportStatus(settings.name(), settings.kind().word(), settings.target(), settings.filter(),
                trouble.isEmpty() ? State.WORKING : State.WAITING, outbox.sent(), outbox.lost(), outbox.waiting(),
                trouble);
    }

    @Override
    public void close() throws IOException {
        outbox.close();
    }
}
