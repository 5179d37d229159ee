package vn.giaoban.conf;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Collections;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A certificate that this machine signed for itself, so that phones on the local network can be tried: browsers warn
 * once, then give camera and secure cookies. Made once, and again when it is about to end or this machine has a new
 * name or address, since a certificate for other addresses is of no use.
 */
public record SelfSigned(Path certificate, Path key) {

    private static final Duration VALID = Duration.ofDays(365);
    private static final Duration RENEW_BEFORE_END = Duration.ofDays(7);
    /** Clocks of phones differ from ours. */
    private static final Duration BACKDATED = Duration.ofHours(1);

    public static SelfSigned in(Path directory) throws IOException {
        return in(directory, namesOfThisMachine(), Instant.now());
    }

    static SelfSigned in(Path directory, Set<String> names, Instant now) throws IOException {
        var pair = new SelfSigned(directory.resolve("cert.pem"), directory.resolve("key.pem"));
        try {
            if (!pair.serves(names, now)) pair.make(names, now);
            return pair;
        } catch (GeneralSecurityException | OperatorCreationException failed) {
            throw new IOException("The certificate in " + directory + " cannot be made or read", failed);
        }
    }

    private boolean serves(Set<String> names, Instant now) throws IOException, GeneralSecurityException {
        if (!Files.exists(certificate) || !Files.exists(key)) return false;
        try (InputStream in = Files.newInputStream(certificate)) {
            var present =
                    (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
            var named = new TreeSet<String>();
            for (var name : present.getSubjectAlternativeNames()) named.add(sameForm((String) name.get(1)));
            return named.containsAll(names) && present.getNotAfter().toInstant().isAfter(now.plus(RENEW_BEFORE_END));
        }
    }

    private void make(Set<String> names, Instant now)
            throws IOException, GeneralSecurityException, OperatorCreationException {
        Files.createDirectories(certificate.toAbsolutePath().getParent());
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        var pair = generator.generateKeyPair();
        // The certificate goes first and comes last: where it is, the key beside it is its own.
        Files.deleteIfExists(certificate);
        write(key, "PRIVATE KEY", pair.getPrivate().getEncoded());
        write(certificate, "CERTIFICATE", sign(pair, names, now).getEncoded());
    }

    private static X509Certificate sign(KeyPair pair, Set<String> names, Instant now)
            throws IOException, GeneralSecurityException, OperatorCreationException {
        var self = new X500Name("CN=Giao Ban");
        var alternatives = names.stream()
                .map(name -> new GeneralName(isAddress(name) ? GeneralName.iPAddress : GeneralName.dNSName, name))
                .toArray(GeneralName[]::new);
        var builder = new JcaX509v3CertificateBuilder(
                        self,
                        new BigInteger(127, new SecureRandom()),
                        Date.from(now.minus(BACKDATED)),
                        Date.from(now.plus(VALID)),
                        self,
                        pair.getPublic())
                .addExtension(Extension.subjectAlternativeName, false, new GeneralNames(alternatives))
                .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                .addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
        var signed = builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()));
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(signed.getEncoded()));
    }

    private static void write(Path file, String kind, byte[] bytes) throws IOException {
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        var part = file.resolveSibling(file.getFileName() + ".part");
        Files.deleteIfExists(part);
        var lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        Files.writeString(
                Files.createFile(part, ownerOnly),
                "-----BEGIN " + kind + "-----\n" + lines + "\n-----END " + kind + "-----\n");
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    }

    static Set<String> namesOfThisMachine() throws IOException {
        var names = new LinkedHashSet<>(Set.of("localhost", "127.0.0.1", sameForm("::1")));
        for (var network : Collections.list(NetworkInterface.getNetworkInterfaces())) {
            if (!network.isUp()) continue;
            for (var address : Collections.list(network.getInetAddresses())) {
                if (!address.isLinkLocalAddress()) names.add(sameForm(address.getHostAddress()));
            }
        }
        try {
            var host = InetAddress.getLocalHost().getHostName();
            if (host.matches("[A-Za-z0-9.-]+")) names.add(host);
        } catch (UnknownHostException nameless) {
            // A machine that cannot look itself up is reached by its addresses.
        }
        return names;
    }

    private static boolean isAddress(String name) {
        return name.contains(":") || name.matches("[0-9.]+");
    }

    /** IPv6 is written in many ways; Java's own is the one that we compare. */
    private static String sameForm(String name) throws IOException {
        if (!isAddress(name)) return name;
        var scope = name.indexOf('%');
        return InetAddress.getByName(scope < 0 ? name : name.substring(0, scope))
                .getHostAddress();
    }
}
