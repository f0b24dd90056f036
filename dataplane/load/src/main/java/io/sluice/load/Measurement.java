package io.sluice.load;

import io.sluice.load.rig.RigException;
import java.util.List;

/** Something that is measured in a rig of its own. */
interface Measurement {
    /** For {@code --only}. */
    String name();

    List<Row> measure(BenchOptions options) throws RigException;
}
