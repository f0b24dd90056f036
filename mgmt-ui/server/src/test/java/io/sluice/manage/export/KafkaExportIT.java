package io.sluice.manage.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.manage.query.FilterContext;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Against a real broker in a process of its own, that is one node of KRaft. */
@Timeout(400)
class KafkaExportIT {
    @TempDir
    Path folder;

    private final List<Process> running = new ArrayList<>();
    private int port;
    private int controller;

    @AfterEach
    void stop() throws Exception {
        for (Process process : running) {
            process.destroyForcibly().waitFor();
        }
    }

    private static int free() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private Process java(String log, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m", "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1", "-cp",
                Optional.ofNullable(System.getProperty("surefire.test.class.path"))
                        .orElse(System.getProperty("java.class.path"))));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(new File(folder.toFile(), log))).start();
        running.add(process);
        return process;
    }

    private Process broker() throws Exception {
        Path properties = folder.resolve("server.properties");
        if (!Files.exists(properties)) {
            port = free();
            controller = free();
            Files.writeString(properties, """
                    process.roles=broker,controller
                    node.id=1
                    controller.quorum.voters=1@127.0.0.1:%2$d
                    listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
                    advertised.listeners=PLAINTEXT://127.0.0.1:%1$d
                    controller.listener.names=CONTROLLER
                    log.dirs=%3$s
                    num.partitions=1
                    offsets.topic.replication.factor=1
                    """.formatted(port, controller, folder.resolve("kafka-logs")));
            Process format = java("format.log", "kafka.tools.StorageTool", "format", "-t", "4L6g3nShT-eMCtK--X86sw",
                    "-c",
                    properties.toString());
            assertEquals(0, format.waitFor(), () -> log("format.log"));
        }
        Process broker = java("broker.log", "kafka.Kafka", properties.toString());
        for (int i = 0; i < 1200 && broker.isAlive() && !listens(); i++) {
            Thread.sleep(100);
        }
        return broker;
    }

    private boolean listens() {
        try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private String log(String name) {
        try {
            return Files.readString(folder.resolve(name));
        } catch (IOException e) {
            return String.valueOf(e);
        }
    }

    private List<String> records(int atLeast) {
        List<String> records = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(Map.of("bootstrap.servers",
                "127.0.0.1:" + port, "group.id", "test" + System.nanoTime(), "auto.offset.reset", "earliest",
                "key.deserializer", ByteArrayDeserializer.class, "value.deserializer", ByteArrayDeserializer.class))) {
            consumer.subscribe(List.of("sluice"));
            for (int i = 0; i < 60 && records.size() < atLeast; i++) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(500))) {
                    records.add(new String(record.value(), StandardCharsets.UTF_8));
                }
            }
        }
        return records;
    }

    @Test
    void recordsArriveAsTheJournalHasThemAlsoOverARestartOfTheBroker() throws Exception {
        Process first = broker();
        try (Exports exports = Exports.open(List.of(ExportSettings.of("lake", ExportSettings.Kind.KAFKA,
                "127.0.0.1:" + port, "verdict:deny")), "gate-3", FilterContext.at(0), () -> "")) {
            for (int i = 0; i < 500; i++) {
                exports.accept(Lines.refused(i));
            }
            List<String> records = records(500);
            assertEquals(500, records.size(), () -> exports.status() + log("broker.log"));
            assertEquals(Lines.REFUSED, records.getFirst());

            first.destroyForcibly().waitFor();
            for (int i = 0; i < 100; i++) {
                exports.accept(Lines.refused(i));
            }
            for (int i = 0; i < 600 && exports.status().getFirst().trouble().isEmpty(); i++) {
                Thread.sleep(100);
            }
            assertTrue(exports.status().getFirst().trouble().contains("takes nothing"), exports.status()::toString);
            broker();
            assertTrue(records(600).size() >= 600, () -> exports.status() + log("broker.log"));
            assertEquals(0, exports.status().getFirst().lost());
        }
    }
}
