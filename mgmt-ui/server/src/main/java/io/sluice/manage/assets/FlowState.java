package io.sluice.manage.assets;

import java.util.LinkedHashMap;
import java.util.Map;

/** What a flow was told to have carried so far. Mutable, and kept in files by its fields. */
final class FlowState {
    long allowed;
    Map<String, Long> reads = new LinkedHashMap<>();
}
