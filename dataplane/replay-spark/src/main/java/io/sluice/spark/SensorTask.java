package io.sluice.spark;

import io.sluice.archive.FileOutcome;
import io.sluice.archive.Sensor;
import io.sluice.engine.Profile;
import java.io.IOException;
import java.util.Iterator;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.util.CollectionAccumulator;
import org.apache.spark.util.SerializableConfiguration;
import org.apache.spark.util.TaskCompletionListener;

/** Judges one sensor, on whatever machine it is sent to. */
final class SensorTask implements FlatMapFunction<Sensor, Row> {
    private static final long serialVersionUID = 1L;

    private final PolicyText policy;
    private final Profile profile;
    private final String folder;
    private final SerializableConfiguration hadoop;
    private final CollectionAccumulator<String> troubles;

    /** @param troubles gets a sentence for each capture that is not used whole; again if a task is run again */
    SensorTask(PolicyText policy, Profile profile, String folder, SerializableConfiguration hadoop,
            CollectionAccumulator<String> troubles) {
        this.policy = policy;
        this.profile = profile;
        this.folder = folder;
        this.hadoop = hadoop;
        this.troubles = troubles;
    }

    @Override
    public Iterator<Row> call(Sensor sensor) throws IOException {
        SensorRows rows = new SensorRows(sensor, policy.judge(), profile, new HadoopFiles(folder, hadoop.value()),
                this::outcome);
        TaskContext task = TaskContext.get();
        if (task != null) {
            task.addTaskCompletionListener((TaskCompletionListener) _ -> rows.close());
        }
        return rows;
    }

    private void outcome(FileOutcome file) {
        if (file.troubleCount() > 0) {
            troubles.add(file.name() + ": " + String.join("; ", file.troubles()));
        }
    }
}
