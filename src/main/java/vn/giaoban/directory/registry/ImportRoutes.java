package vn.giaoban.directory.registry;

import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import vn.giaoban.db.Fields;
import vn.giaoban.http.Answer;
import vn.giaoban.http.Api;
import vn.giaoban.http.Call;
import vn.giaoban.http.Refusal;

/** The registry as a table, out and in: nothing comes in that was not shown before. */
final class ImportRoutes {
    private final Imports imports;
    private final Rights rights;

    ImportRoutes(Imports imports, Rights rights) {
        this.imports = imports;
        this.rights = rights;
    }

    void mount(Api api) {
        api.on("exportEndpoints", call -> {
                    demand(call);
                    return Answer.csv("endpoints.csv", Sheet.write(imports.texts(), call.words()));
                })
                .on("readImportTemplate", call -> {
                    demand(call);
                    return Answer.csv("endpoints-template.csv", Sheet.write(List.of(), call.words()));
                })
                .on("previewImport", call -> {
                    demand(call);
                    return Answer.ok(RegistryView.preview(imports.preview(call.table(), mayEdit(call)), call.words()));
                })
                .on("applyImport", this::apply);
    }

    private void demand(Call call) {
        if (!rights.may(call, call.operation(), null, null)) throw Refusal.forbidden();
    }

    private Predicate<UUID> mayEdit(Call call) {
        return organisation -> rights.may(call, "editEndpoint", organisation, null);
    }

    /** Sent twice it is done once: the second time the preview is no longer the one that the token names. */
    private Answer apply(Call call) {
        demand(call);
        var done = imports.apply(RegistryRoutes.actor(call), call.table(), call.text("token"), mayEdit(call));
        return Answer.ok(Fields.of("new", done.count(Import.Outcome.NEW))
                .and("changed", done.count(Import.Outcome.CHANGED))
                .and("unchanged", done.count(Import.Outcome.UNCHANGED)));
    }
}
