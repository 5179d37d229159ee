package vn.giaoban.directory.registry;

import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import vn.giaoban.db.Fields;
import vn.giaoban.directory.Directory;
import vn.giaoban.directory.Endpoint;
import vn.giaoban.directory.Folded;
import vn.giaoban.directory.Province;
import vn.giaoban.directory.registry.card.Card;
import vn.giaoban.directory.registry.card.CardForm;
import vn.giaoban.directory.registry.card.Text;
import vn.giaoban.directory.registry.maintenance.MaintenanceWindows;
import vn.giaoban.http.Answer;
import vn.giaoban.http.Api;
import vn.giaoban.http.Call;
import vn.giaoban.http.Once;
import vn.giaoban.http.Refusal;
import vn.giaoban.http.Refusal.Fault;
import vn.giaoban.journal.Actor;
import vn.giaoban.journal.Chain;

/** The registry over HTTP: looking, editing, names and ends, maintenance. */
public final class RegistryRoutes {
    private final Registry registry;
    private final Imports imports;
    private final MaintenanceWindows maintenance;
    private final Directory directory;
    private final Rights rights;
    private final Chain chain;
    private final Once once;
    private final Function<String, String> actors;

    /** {@code actors}: the name of whoever stands in the journal. */
    public RegistryRoutes(
            Registry registry,
            Imports imports,
            MaintenanceWindows maintenance,
            Directory directory,
            Rights rights,
            Chain chain,
            Once once,
            Function<String, String> actors) {
        this.registry = registry;
        this.imports = imports;
        this.maintenance = maintenance;
        this.directory = directory;
        this.rights = rights;
        this.chain = chain;
        this.once = once;
        this.actors = actors;
    }

    public void mount(Api api) {
        api.on("listRegistry", this::list)
                .on("readEndpoint", call -> shown(call, demand(call)))
                .on("readEndpointHistory", this::history)
                .on("createEndpoint", this::create)
                .on("editEndpoint", this::edit)
                .on("editContacts", this::edit)
                .on("renameEndpoint", this::rename)
                .on("endEndpoint", this::end)
                .on("addMaintenance", this::announce)
                .on("removeMaintenance", this::withdraw);
        new ImportRoutes(imports, rights).mount(api);
    }

    /** The card, if the asker may do this to it. That an endpoint exists is no secret. */
    private Card demand(Call call) {
        var card = registry.get(call.id("endpoint"));
        if (!rights.may(call, call.operation(), card.last().organisation(), card.id())) throw Refusal.forbidden();
        return card;
    }

    private Predicate<UUID> mayEdit(Call call) {
        return organisation -> rights.may(call, "editEndpoint", organisation, null);
    }

    static Actor actor(Call call) {
        return new Actor(call.principal().id());
    }

    private Answer list(Call call) {
        if (!rights.may(call, call.operation(), null, null)) throw Refusal.forbidden();
        var lines = registry.list(new RegistrySql.Wanted(
                day(call, "on", directory.today()),
                Folded.patterns(call.text("q")),
                call.text("kind"),
                call.text("region"),
                call.text("connection"),
                call.text("provinceSystem"),
                call.text("province")));
        return Answer.ok(
                Fields.of("items", lines.stream().map(RegistryView::line).toList()));
    }

    private Answer shown(Call call, Card card) {
        var at = call.instant("at");
        return Answer.ok(view(call, card, at == null ? registry.now() : at)).etag(card.etag());
    }

    private Fields view(Call call, Card card, Instant at) {
        return RegistryView.card(card, directory::endpoint, this::code)
                .and("provinceName", provinceName(card.last()))
                .and(
                        "periods",
                        registry.periods(card.id()).stream()
                                .map(RegistryView::period)
                                .toList())
                .and(
                        "maintenance",
                        maintenance.ahead(card.id()).stream()
                                .map(RegistryView::maintenance)
                                .toList())
                .and("reach", RegistryView.reach(card.facts(), directory.workingDays(), at))
                .and("may", may(call, card));
    }

    private Map<String, Object> may(Call call, Card card) {
        var organisation = card.last().organisation();
        return Fields.of("edit", rights.may(call, "editEndpoint", organisation, card.id()))
                .and("contacts", rights.may(call, "editContacts", organisation, card.id()));
    }

    private String code(UUID organisation) {
        var found = directory.organisation(organisation);
        return found == null ? null : found.code();
    }

    private String provinceName(Endpoint.Period period) {
        if (period.provinceCode() == null) return null;
        var day = period.provinceSystem().equals("gso-63") ? Province.LAST_OF_63 : directory.today();
        return directory.provinces(day, null).stream()
                .filter(p -> p.codeSystem().equals(period.provinceSystem())
                        && p.code().equals(period.provinceCode()))
                .map(p -> p.fullName())
                .findFirst()
                .orElse(null);
    }

    private Answer history(Call call) {
        var card = demand(call);
        long before = 0;
        try {
            if (call.text("after") != null) before = Long.parseLong(call.text("after"));
        } catch (NumberFormatException e) {
            throw new Refusal(400, "invalid", Map.of()).faults(List.of(new Fault("after", "format")));
        }
        var entries = chain.entries(Card.subject(card.id()), Math.max(before, 0), call.limit() + 1);
        var personal = chain.personal(Card.subject(card.id()));
        var shown = entries.stream()
                .limit(call.limit())
                .map(entry ->
                        RegistryView.entry(entry, personal.getOrDefault(entry.n(), Map.of()), actors, call.words()))
                .toList();
        return Answer.ok(Fields.of("items", shown)
                .and(
                        "next",
                        entries.size() > call.limit()
                                ? String.valueOf(entries.get(call.limit() - 1).n())
                                : null));
    }

    private Answer create(Call call) {
        var code = call.field("organisation");
        var organisation = directory.organisations().stream()
                .filter(each -> each.code().equals(code))
                .findFirst()
                .orElse(null);
        if (!rights.may(call, call.operation(), organisation == null ? null : organisation.id(), null))
            throw Refusal.forbidden();
        var texts = CardForm.texts(call);
        return once.of(call, () -> {
            var card = registry.create(actor(call), texts, mayEdit(call));
            return Answer.created(view(call, card, registry.now()))
                    .etag(card.etag())
                    .with("Location", "/api/endpoints/" + card.id());
        });
    }

    private Answer edit(Call call) {
        demand(call);
        var texts = CardForm.texts(call);
        return changed(call, () -> registry.edit(actor(call), call.id("endpoint"), call.ifMatch(), texts));
    }

    private Answer rename(Call call) {
        demand(call);
        var texts = CardForm.texts(call);
        var act = text(call.field("act"), "/act");
        return changed(
                call,
                () -> registry.rename(actor(call), call.id("endpoint"), call.ifMatch(), texts, act, mayEdit(call)));
    }

    private Answer end(Call call) {
        demand(call);
        return changed(
                call,
                () -> registry.end(
                        actor(call),
                        call.id("endpoint"),
                        call.ifMatch(),
                        date(call.field("on"), "/on"),
                        call.fieldId("successor")));
    }

    private Answer changed(Call call, java.util.function.Supplier<Card> change) {
        try {
            return shown(call, change.get());
        } catch (Registry.Stale stale) {
            throw Refusal.stale(stale.current.etag(), view(call, stale.current, registry.now()));
        }
    }

    private Answer announce(Call call) {
        demand(call);
        var reason = text(call.field("reason"), "/reason");
        if (reason.isEmpty()) throw Refusal.field("/reason", "too-short");
        return once.of(
                call,
                () -> Answer.created(RegistryView.maintenance(maintenance.announce(
                        actor(call),
                        call.id("endpoint"),
                        call.fieldInstant("from"),
                        call.fieldInstant("to"),
                        reason))));
    }

    private Answer withdraw(Call call) {
        demand(call);
        maintenance.withdraw(actor(call), call.id("endpoint"), call.id("window"));
        return Answer.nothing();
    }

    private static String text(String raw, String pointer) {
        try {
            return Text.tidy(raw);
        } catch (Text.Unfit unfit) {
            throw Refusal.field(pointer, "format");
        }
    }

    static LocalDate date(String text, String pointer) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            // The format lets 30 February pass.
            throw Refusal.field(pointer, "date");
        }
    }

    static LocalDate day(Call call, String name, LocalDate otherwise) {
        if (call.text(name) == null) return otherwise;
        try {
            return LocalDate.parse(call.text(name));
        } catch (DateTimeParseException e) {
            throw new Refusal(400, "invalid", Map.of()).faults(List.of(new Fault(name, "date")));
        }
    }
}
