package io.sluice.manage.assets;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.milo.opcua.sdk.client.DiscoveryClient;
import org.eclipse.milo.opcua.stack.core.types.structured.ApplicationDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.EndpointDescription;
import org.jspecify.annotations.Nullable;

/** GetEndpoints, which every OPC UA server answers without a session: OPC 10000-4 §5.5.4. */
final class OpcUaQuestion {
    private static final int LONGEST = 256;

    private OpcUaQuestion() {}

    static Identification ask(String address, int port, Duration timeout) throws IdentificationException {
        String host = address.indexOf(':') >= 0 ? "[" + address + "]" : address;
        String url = "opc.tcp://" + host + ":" + port;
        List<EndpointDescription> endpoints = endpoints(url, address, timeout);
        if (endpoints.isEmpty()) {
            throw new IdentificationException(address + " offers no endpoint, so nothing is known about it");
        }
        Map<String, String> said = new LinkedHashMap<>();
        ApplicationDescription server = endpoints.getFirst().getServer();
        put(said, "application.uri", server.getApplicationUri());
        put(said, "application.product_uri", server.getProductUri());
        put(said, "application.name", server.getApplicationName() == null ? "" : server.getApplicationName().text());
        put(said, "application.endpoint", endpoints.getFirst().getEndpointUrl());
        TreeSet<String> security = new TreeSet<>();
        for (EndpointDescription endpoint : endpoints) {
            String policy = String.valueOf(endpoint.getSecurityPolicyUri());
            security.add(policy.substring(policy.indexOf('#') + 1) + " " + endpoint.getSecurityMode());
        }
        put(said, "application.security", String.join(", ", security));
        return new Identification(Identification.How.OPCUA, Instant.now(), said);
    }

    private static List<EndpointDescription> endpoints(String url, String address, Duration timeout)
            throws IdentificationException {
        try {
            return DiscoveryClient.getEndpoints(url).get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IdentificationException(address + " does not say which endpoints it offers: "
                    + (e.getCause() == null ? e.getMessage() : e.getCause().getMessage())
                    + "; is the server on, and does a conduit lead from this server to it?");
        } catch (TimeoutException e) {
            throw new IdentificationException(address + " does not answer within " + timeout.toSeconds()
                    + " s; is the server on, and does a conduit lead from this server to it?");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IdentificationException("stopped before " + address + " answered");
        }
    }

    private static void put(Map<String, String> said, String name, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            String clean = value.replaceAll("\\p{Cntrl}", "?");
            said.put(name, clean.length() > LONGEST ? clean.substring(0, LONGEST) : clean);
        }
    }
}
