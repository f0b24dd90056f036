package io.sluice.manage.export;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * A topic of Kafka: one record a message, without a key, so that records are spread over its partitions. Records count as sent when
 * all replicas have them.
 */
final class KafkaTarget implements Target {
    private static final int DELIVERY_MILLIS = 10_000;

    private final ExportSettings settings;
    private @Nullable KafkaProducer<byte[], byte[]> producer;

    KafkaTarget(ExportSettings settings) {
        this.settings = settings;
    }

    private Map<String, Object> configuration() {
        Map<String, Object> map = new TreeMap<>(Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.target(),
                ProducerConfig.CLIENT_ID_CONFIG, "sluice",
                ProducerConfig.ACKS_CONFIG, "all",
                ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class,
                ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class,
                ProducerConfig.MAX_BLOCK_MS_CONFIG, DELIVERY_MILLIS,
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, DELIVERY_MILLIS / 2,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_MILLIS,
                ProducerConfig.BUFFER_MEMORY_CONFIG, 16L << 20,
                ProducerConfig.LINGER_MS_CONFIG, 20));
        map.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "zstd");
        map.put(ProducerConfig.ENABLE_METRICS_PUSH_CONFIG, false);
        if (settings.trust().isPresent()) {
            map.put("security.protocol", "SSL");
            map.put("ssl.truststore.type", "PEM");
            map.put("ssl.truststore.location", settings.trust().get().toString());
        }
        return map;
    }

    @Override
    public void open() throws IOException {
        close();
        try {
            producer = new KafkaProducer<>(configuration());
        } catch (KafkaException e) {
            throw new IOException(e.getCause() == null ? e.getMessage() : e.getCause().getMessage(), e);
        }
    }

    @Override
    public int write(List<byte[]> records) throws IOException {
        KafkaProducer<byte[], byte[]> open = producer;
        if (open == null) {
            throw new IOException("not connected");
        }
        List<Future<RecordMetadata>> answers = new ArrayList<>();
        try {
            for (byte[] record : records) {
                Future<RecordMetadata> answer = open.send(new ProducerRecord<>(settings.topic(), record));
                answers.add(answer);
                if (answer.state() == Future.State.FAILED) {
                    break; // no broker: each further one would wait as long
                }
            }
            open.flush();
        } catch (KafkaException e) {
            throw new IOException(e.getMessage(), e);
        }
        int taken = 0;
        for (Future<RecordMetadata> answer : answers) {
            if (!taken(answer, taken)) {
                return taken;
            }
            taken++;
        }
        return taken;
    }

    private static boolean taken(Future<RecordMetadata> answer, int before) throws IOException {
        try {
            answer.get(2L * DELIVERY_MILLIS, TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException e) {
            if (before > 0) {
                return false;
            }
            throw new IOException(String.valueOf(e.getCause() == null ? e.getMessage() : e.getCause().getMessage()), e);
        } catch (TimeoutException e) {
            throw new IOException("no answer within " + 2 * DELIVERY_MILLIS / 1000 + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("stopped", e);
        }
    }

    @Override
    public void close() throws IOException {
        if (producer != null) {
            producer.close(Duration.ofSeconds(2));
            producer = null;
        }
    }
}
