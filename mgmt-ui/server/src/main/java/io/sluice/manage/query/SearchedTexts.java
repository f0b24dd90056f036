package io.sluice.manage.query;

import io.sluice.manage.event.Event;
import java.util.stream.Stream;

/** In which texts of an event a word without a key is looked for. */
final class SearchedTexts {
    /** The same as {@link #of}, folded. */
    static final String[] COLUMNS = Stream.of("does", "detail", "because", "notices", "signature", "fc_name", "reason",
            "rule", "conduit", "src", "dst", "src_addr", "dst_addr", "person", "session", "iface", "protocol", "op")
            .map(column -> "lower(" + column + ")").toArray(String[]::new);

    private SearchedTexts() {}

    static Stream<String> of(Event e) {
        return Stream.of(e.deed().text(), e.judgement().detail(), e.judgement().because(), e.judgement().notices(),
                e.alert().signature(), e.deed().functionName(), e.judgement().reason(), e.judgement().rule(),
                e.judgement().conduit(), e.source().place(), e.destination().place(), e.source().address(),
                e.destination().address(), e.person(), e.session(), e.port(), e.protocol(), e.deed().operation());
    }
}
