package vn.giaoban.bench.board;

import java.nio.file.Path;
import java.time.Clock;
import java.util.UUID;
import vn.giaoban.Node;
import vn.giaoban.conf.Settings;
import vn.giaoban.journal.Actor;
import vn.giaoban.people.Person;
import vn.giaoban.people.Role;

/**
 * The real node with its pages, its directory filled with as many health stations as it is told, spread over the
 * provinces. Configured by the environment, as any node can be.
 */
public final class BoardNode {
    static final String READY = "stations ready";
    static final String PASSWORD = "mot-mat-khau-de-do-luong";
    static final int SITES_EACH = 20;

    private BoardNode() {}

    public static void main(String[] arguments) throws Exception {
        System.setProperty("vertx.logger-delegate-factory-class-name", "io.vertx.core.logging.SLF4JLogDelegateFactory");
        var settings = Settings.load(Path.of("conf/giaoban.yaml"), System.getenv());
        var node = Node.start(settings, new Node.Start(Clock.systemUTC(), false, Path.of("web-client/dist")));
        Runtime.getRuntime().addShutdownHook(new Thread(node::close, "stop"));
        System.out.println("admin / " + node.firstPassword());
        stations(node, Integer.parseInt(arguments[0]));
        operators(node);
        System.out.println(READY);
        Thread.currentThread().join();
    }

    /** One account for some sites each: a sign-in costs what a password is to cost. */
    private static void operators(Node node) {
        var rooms = node.rooms();
        var hash = rooms.passwords().hash(PASSWORD);
        var stations = rooms.directory().endpoints().stream()
                .filter(endpoint -> endpoint.code().startsWith("TYT-"))
                .toList();
        for (int from = 0; from < stations.size(); from += SITES_EACH) {
            var some = stations.subList(from, Math.min(stations.size(), from + SITES_EACH)).stream()
                    .map(site -> new Person.Membership(Role.SITE_OPERATOR, site.organisation(), site.id()))
                    .toList();
            rooms.people().create(Actor.SYSTEM, "tram" + from / SITES_EACH, "Kỹ thuật viên", "", some, hash);
        }
    }

    /** Written at once: what is measured begins when they are there. */
    private static void stations(Node node, int many) {
        var directory = node.rooms().directory();
        UUID ministry = directory.organisations().getFirst().id();
        var db = node.rooms().db();
        db.query("""
                INSERT INTO endpoint (id, code, name, name_en, kind, organisation, province_system, province_code, sort)
                SELECT gen_random_uuid(), 'TYT-' || n, 'Trạm Y tế xã số ' || n, '', 'STATION', $2, p.system, p.code, 10000 + n
                FROM generate_series(1, $1) AS n
                JOIN (SELECT code_system AS system, code, row_number() OVER (ORDER BY code) - 1 AS place, count(*) OVER () AS many
                      FROM province WHERE code_system = 'gso-34') AS p ON p.place = n % p.many""", many, ministry);
        db.query("""
                INSERT INTO endpoint_period (endpoint, valid_from, code, name, kind, organisation, province_system, province_code)
                SELECT id, valid_from, code, name, kind, organisation, province_system, province_code
                FROM endpoint WHERE code LIKE 'TYT-%'""");
    }
}
