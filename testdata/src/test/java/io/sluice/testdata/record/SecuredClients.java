package io.sluice.testdata.record;

import static io.sluice.testdata.record.Opc3Client.first;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ubyte;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ushort;

import java.util.List;
import org.eclipse.milo.opcua.sdk.client.identity.AnonymousProvider;
import org.eclipse.milo.opcua.sdk.client.identity.IdentityProvider;
import org.eclipse.milo.opcua.sdk.client.identity.UsernameProvider;
import org.eclipse.milo.opcua.sdk.client.identity.X509IdentityProvider;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MessageSecurityMode;

/** The clients of the recordings whose channels are signed, or signed and encrypted; each has its certificate. */
public final class SecuredClients {
    /** Milo renews a channel after three quarters of its life. */
    private static final int SHORT_LIFE_MILLISECONDS = 4_000, LONG_LIFE_MILLISECONDS = 3_600_000;

    private final String recording;
    private final String address;
    private final Opc3Client.Wish wish;

    private SecuredClients(String recording, String address, Opc3Client.Wish wish) {
        this.recording = recording;
        this.address = address;
        this.wish = wish;
    }

    /** Arguments: the recording; hmi, historian or engineer; the address of the server; and the own one. */
    public static void main(String[] arguments) throws Exception {
        String recording = arguments[0];
        String name = switch (arguments[1]) {
            case "hmi" -> "hmi-3";
            case "historian" -> "historian";
            case "engineer" -> "laptop";
            default -> throw new IllegalArgumentException(arguments[1]);
        };
        OpcCertificate certificate = OpcCertificate.make(name, Opc3Client.applicationUri(name), arguments[3]);
        boolean basic = recording.endsWith("basic256sha256");
        Opc3Client.Wish wish = Opc3Client.Wish.plain(name)
                .as(name.equals("laptop") ? new AnonymousProvider() : user(recording, name, arguments[3]), certificate)
                .secured(basic ? SecurityPolicy.Basic256Sha256 : SecurityPolicy.Aes128_Sha256_RsaOaep,
                        recording.startsWith("sign") ? MessageSecurityMode.Sign : MessageSecurityMode.SignAndEncrypt)
                .lifetime(basic && name.equals("hmi-3") ? SHORT_LIFE_MILLISECONDS : LONG_LIFE_MILLISECONDS);
        SecuredClients play = new SecuredClients(recording, arguments[2], wish);
        switch (name) {
            case "hmi-3" -> play.hmi();
            case "historian" -> play.historian();
            default -> play.engineer();
        }
        System.exit(0);
    }

    private static IdentityProvider user(String recording, String name, String own) throws Exception {
        boolean byCertificate = recording.equals(name.equals("hmi-3") ? "encrypt-aes128" : "sign-basic256sha256");
        if (byCertificate) {
            OpcCertificate user = OpcCertificate.make(name + "-user", Opc3Client.applicationUri(name + "-user"), own);
            return new X509IdentityProvider(user.certificate(), user.keys().getPrivate());
        }
        return recording.equals("sign-aes128")
                ? new AnonymousProvider()
                : new UsernameProvider(Opc3.USER, Opc3.PASSWORD);
    }

    private void hmi() throws Exception {
        try (Opc3Client client = Opc3Client.connect(address, wish)) {
            client.browse("line", Opc3.LINE);
            client.read("four nodes", Opc3.SPEED, Opc3.PRESSURE, Opc3.RECIPE, Opc3.TEMPERATURE);
            client.write("speed = 750", Opc3.SPEED, 750.0);
            client.write("speed = 1500, pressure = 0", Opc3.SPEED, 1500.0, Opc3.PRESSURE, ushort(0));
            client.write("speed = 1501", Opc3.SPEED, 1501.0);
            client.write("recipe = lager", Opc3.RECIPE, "lager");
            client.write("speed = 300, recipe = stout", Opc3.SPEED, 300.0, Opc3.RECIPE, "stout");
            client.call("reset", Opc3.LINE, Opc3.RESET);
            client.call("stop", Opc3.LINE, Opc3.STOP);
            new OpcAliasPlay(client).play();
            if (wish.lifetimeMilliseconds() == SHORT_LIFE_MILLISECONDS) {
                throughRenewals(client);
            }
            if (recording.equals("sign-aes128")) {
                anotherSession(client);
            }
        }
    }

    /** Longer than two lives of a channel: keys change while requests go on, permitted and refused ones. */
    private static void throughRenewals(Opc3Client client) throws Exception {
        for (int i = 0; i < 2 * SHORT_LIFE_MILLISECONDS / 500; i++) {
            client.read("speed", Opc3.SPEED);
            client.write("speed = " + (1490 + i), Opc3.SPEED, 1490.0 + i);
            Thread.sleep(420);
        }
    }

    /** A second session of the same application takes the first one's subscription over, which a signed channel allows. */
    private void anotherSession(Opc3Client client) throws Exception {
        var created = client.milo().createSubscription(500.0, uint(60), uint(20), uint(0), true, ubyte(0));
        try (Opc3Client other = Opc3Client.connect(address, wish)) {
            other.request("transfer", () -> first(other.milo().transferSubscriptions(
                    List.of(created.getSubscriptionId()), true).getResults()).getStatusCode());
            other.request("delete subscription", () -> first(other.milo().deleteSubscriptions(
                    List.of(created.getSubscriptionId())).getResults()));
        }
    }

    private void historian() throws Exception {
        try (Opc3Client client = Opc3Client.connect(address, wish)) {
            client.read("three nodes", Opc3.SPEED, Opc3.PRESSURE, Opc3.TEMPERATURE);
            new OpcSubscriptionPlay(client).play();
            new OpcRareServicesPlay(client).history();
            client.write("recipe = porter", Opc3.RECIPE, "porter");
        }
    }

    /** A laptop whose certificate nobody pinned: first with a password that is wrong, then as nobody. */
    private void engineer() throws Exception {
        try (Opc3Client guess = Opc3Client.connect(address, wish.as(new UsernameProvider(Opc3.USER, "1234"),
                wish.certificate()))) {
            guess.read("what a wrong password gives", Opc3.SPEED);
        } catch (UaException e) {
            System.out.println("wrong password: " + e.getStatusCode());
        }
        try (Opc3Client client = Opc3Client.connect(address, wish)) {
            client.browse("line", Opc3.LINE);
            client.read("speed", Opc3.SPEED);
            client.write("speed = 1000", Opc3.SPEED, 1000.0);
            client.call("stop", Opc3.LINE, Opc3.STOP);
        }
    }
}
