package vn.giaoban.directory;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import vn.giaoban.db.Fields;
import vn.giaoban.http.Answer;
import vn.giaoban.http.Api;
import vn.giaoban.http.Call;
import vn.giaoban.http.Refusal;

/**
 * Reading the directory. What the State itself publishes (provinces, units, holidays) is open to anybody; who takes
 * part from where (organisations, endpoints, rooms) to everybody who has signed in, as the contract says.
 */
public final class DirectoryRoutes {
    private final Directory directory;

    public DirectoryRoutes(Directory directory) {
        this.directory = directory;
    }

    public void mount(Api api) {
        api.on("listProvinces", call -> list(directory.provinces(day(call), call.text("q")), DirectoryView::of))
                .on("listUnits", call -> list(directory.units(call.text("q"), call.limit()), DirectoryView::of))
                .on("listHolidays", call -> list(directory.holidays(call.number("year", 0)), DirectoryView::of))
                .on("listOrganisations", call -> list(directory.organisations(), DirectoryView::of))
                .on("listRooms", call -> list(directory.rooms(), DirectoryView::of))
                .on("listEndpoints", this::endpoints);
    }

    private Answer endpoints(Call call) {
        return Answer.ok(directory
                .endpoints(call.text("q"), call.text("after"), call.limit())
                .shown(DirectoryView::of));
    }

    private LocalDate day(Call call) {
        if (call.text("on") == null) return directory.today();
        try {
            return LocalDate.parse(call.text("on"));
        } catch (DateTimeParseException e) {
            // The format lets 30 February pass.
            throw new Refusal(400, "invalid", Map.of()).faults(List.of(new Refusal.Fault("on", "format")));
        }
    }

    private static <T> Answer list(List<T> things, Function<T, Map<String, Object>> view) {
        return Answer.ok(Fields.of("items", things.stream().map(view).toList()));
    }
}
