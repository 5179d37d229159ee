package vn.giaoban.directory.registry.card;

import java.time.LocalDate;
import java.util.UUID;
import vn.giaoban.directory.Endpoint;
import vn.giaoban.http.Refusal;

/**
 * The registry's card of one endpoint: what it is called in its last period, since when it exists, and its facts.
 *
 * @param to the last day of the endpoint itself; null: until further notice
 * @param successor what took its place
 */
public record Card(
        UUID id,
        int sort,
        LocalDate from,
        LocalDate to,
        UUID successor,
        Endpoint.Period last,
        Facts facts,
        int version) {
    /** Where the journal keeps what became of an endpoint. */
    public static String subject(UUID endpoint) {
        return "endpoint/" + endpoint;
    }

    public String etag() {
        return "\"e" + version + "\"";
    }

    /** The next version of it. */
    public Card with(int nextSort, Endpoint.Period nextLast, Facts nextFacts) {
        return new Card(id, nextSort, from, to, successor, nextLast, nextFacts, version + 1);
    }

    /** Named otherwise from a day on; on the day its last period began, that one is put right. */
    public Card called(Endpoint.Period next) {
        open();
        if (next.from().isBefore(last.from()))
            throw Refusal.field("/from", "earlier-period", java.util.Map.of("day", last.from()));
        return new Card(id, sort, from, null, null, next, facts, version + 1);
    }

    public Card ended(LocalDate day, UUID next) {
        open();
        if (day.isBefore(last.from()))
            throw Refusal.field("/on", "earlier-period", java.util.Map.of("day", last.from()));
        if (id.equals(next)) throw Refusal.field("/successor", "itself");
        var period = new Endpoint.Period(
                last.from(),
                day,
                last.code(),
                last.name(),
                last.nameEn(),
                last.kind(),
                last.organisation(),
                last.parent(),
                last.provinceSystem(),
                last.provinceCode(),
                last.act());
        return new Card(id, sort, from, day, next, period, facts, version + 1);
    }

    private void open() {
        if (to != null) throw Refusal.state("endpoint-ended", java.util.Map.of("name", last.name(), "day", to));
    }
}
