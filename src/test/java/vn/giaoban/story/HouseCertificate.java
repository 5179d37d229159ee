package vn.giaoban.story;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import vn.giaoban.conf.SelfSigned;

/** The certificate of whatever the tests reach by TLS on this machine, and the client that trusts it and no other. */
public final class HouseCertificate {
    public static final SelfSigned FILES;
    public static final SSLContext TRUSTED;

    static {
        try {
            FILES = SelfSigned.in(Path.of("target/test-tls").toAbsolutePath());
            var trust = KeyStore.getInstance(KeyStore.getDefaultType());
            trust.load(null, null);
            try (var in = Files.newInputStream(FILES.certificate())) {
                trust.setCertificateEntry(
                        "house", CertificateFactory.getInstance("X.509").generateCertificate(in));
            }
            var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(trust);
            TRUSTED = SSLContext.getInstance("TLS");
            TRUSTED.init(null, managers.getTrustManagers(), null);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private HouseCertificate() {}
}
