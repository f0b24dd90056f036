package io.sluice.manage.export;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * Syslog over TLS, RFC 5425: each message behind its length in bytes. The receiver's name must be in its certificate. Syslog has no
 * acknowledgement: what was on the way when a receiver dies is gone, and nobody can count it.
 */
final class SyslogTarget implements Target {
    private static final int CONNECT_MILLIS = 5_000;

    private final ExportSettings settings;
    private @Nullable SSLSocket socket;

    SyslogTarget(ExportSettings settings) {
        this.settings = settings;
    }

    @Override
    public void open() throws IOException {
        close();
        String host = settings.uri().getHost();
        int port = settings.uri().getPort() < 0 ? 6514 : settings.uri().getPort();
        SSLSocket fresh = (SSLSocket) Pem.context(settings).getSocketFactory().createSocket();
        try {
            fresh.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
            SSLParameters parameters = fresh.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            parameters.setProtocols(new String[]{"TLSv1.3", "TLSv1.2"});
            fresh.setSSLParameters(parameters);
            fresh.setSoTimeout(CONNECT_MILLIS);
            fresh.startHandshake();
            fresh.setSoTimeout(1);
        } catch (IOException e) {
            fresh.close();
            throw e;
        }
        socket = fresh;
    }

    @Override
    public int write(List<byte[]> records) throws IOException {
        SSLSocket open = socket;
        if (open == null || hasLeft(open)) {
            throw new IOException("the receiver has closed the connection");
        }
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        for (byte[] record : records) {
            frames.writeBytes((record.length + " ").getBytes(StandardCharsets.US_ASCII));
            frames.writeBytes(record);
        }
        OutputStream out = open.getOutputStream();
        out.write(frames.toByteArray());
        out.flush();
        return records.size();
    }

    /** A receiver says nothing; so whatever can be read is its end of the connection. */
    private static boolean hasLeft(SSLSocket open) throws IOException {
        try {
            return open.getInputStream().read() < 0;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        if (socket != null) {
            socket.close();
            socket = null;
        }
    }
}
