package io.sluice.manage.assets;

import java.util.LinkedHashMap;
import java.util.Map;

/** All that an inventory remembers. Mutable; opaque to others, who keep it in a file as it is. */
public final class InventoryState {
    Map<String, DeviceState> devices = new LinkedHashMap<>();
    Map<String, RelationState> relations = new LinkedHashMap<>();
    /** Requests that a flow was told to have carried so far, by its number. */
    Map<Long, FlowState> flows = new LinkedHashMap<>();
    /** What people said, by the asset's id. */
    Map<String, AssetNote> notes = new LinkedHashMap<>();
    long devicesLeftOut;
    long relationsLeftOut;
    /** Attempts at addresses where nobody was ever seen to answer. */
    long attemptsAtNobody;
}
