package io.sluice.manage.http;

import java.util.List;

/** What is pushed to one page. Asked by one thread at a time, a few times a second. */
public interface LiveSource extends AutoCloseable {
    /**
     * One server-sent event.
     *
     * @param data one line of JSON
     */
    record Push(String event, String data) {}

    /** What has come up since the last time; may be empty. */
    List<Push> take();

    /** The page is gone. */
    @Override
    void close();
}
