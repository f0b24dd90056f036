package io.sluice.spark;

import io.sluice.archive.Sensor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.CollectionAccumulator;
import org.apache.spark.util.SerializableConfiguration;

/**
 * {@code sluice archive} as a Spark job; docs/archives.md has the {@code spark-submit} line. A sensor is a task, since its
 * captures must be read in their order; as many sensors as there are cores are judged at a time.
 */
public final class ArchiveJob {
    private static final int POLICY_BYTES = 16 << 20;

    private ArchiveJob() {}

    /**
     * Judges a folder and writes its rows.
     *
     * @return a sentence for each capture that could not be used whole
     */
    public static List<String> run(SparkSession spark, JobOptions options) throws IOException {
        Configuration hadoop = spark.sparkContext().hadoopConfiguration();
        PolicyText policy = policy(options, hadoop);
        policy.judge(); // what is wrong with it is said here, not by each task
        List<Sensor> sensors = Sensor.group(new HadoopFiles(options.folder(), hadoop).list(), options.grouping())
                .stream().sorted(Comparator.comparingLong(Sensor::bytes).reversed()).toList();
        if (sensors.isEmpty()) {
            throw new IllegalArgumentException("there is no capture in `" + options.folder() + "`");
        }
        CollectionAccumulator<String> troubles = spark.sparkContext().collectionAccumulator("troubled captures");
        SensorTask task = new SensorTask(policy, options.profile(), options.folder(),
                new SerializableConfiguration(hadoop), troubles);
        JavaRDD<Sensor> tasks = JavaSparkContext.fromSparkContext(spark.sparkContext()).parallelize(sensors,
                sensors.size());
        Dataset<Row> rows = spark.createDataFrame(tasks.flatMap(task), Rows.schema());
        // Times as other readers know them, instead of a format of long ago that is still Spark's default.
        spark.conf().set("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS");
        DataFrameWriter<Row> writer = rows.write().mode(SaveMode.ErrorIfExists);
        switch (options.form()) {
            case PARQUET -> writer.option("compression", "zstd").parquet(options.out());
            case JSON -> writer.option("timestampFormat", "yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").option("timeZone", "UTC")
                    .json(options.out());
            case BOTH -> throw new IllegalArgumentException("give --rows parquet or --rows json");
        }
        return troubles.value().stream().distinct().sorted().toList();
    }

    private static PolicyText policy(JobOptions options, Configuration hadoop) throws IOException {
        Path path = new Path(options.policy());
        try (InputStream in = path.getFileSystem(hadoop).open(path)) {
            byte[] bytes = in.readNBytes(POLICY_BYTES);
            return new PolicyText(options.policy(),
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString(),
                    new LinkedHashMap<>(options.zones()));
        }
    }

    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    private static int run(String[] arguments) {
        try (SparkSession spark = SparkSession.builder().appName("sluice archive").getOrCreate()) {
            List<String> troubles = run(spark, JobOptions.parse(List.of(arguments)));
            troubles.forEach(System.err::println);
            System.out.printf(Locale.ROOT, "done; %d captures could not be used whole%n", troubles.size());
            return troubles.isEmpty() ? 0 : 1;
        } catch (IllegalArgumentException wrong) {
            System.err.println("sluice: " + wrong.getMessage() + "\n" + JobOptions.USAGE);
            return 2;
        } catch (IOException failed) {
            System.err.println("sluice: " + failed);
            return 3;
        }
    }
}
