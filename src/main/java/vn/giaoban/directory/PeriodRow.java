package vn.giaoban.directory;

import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A row of the table of periods: what an endpoint is called, and where it lies, from one day to another. */
public final class PeriodRow {
    private PeriodRow() {}

    public static Endpoint.Period of(Row row) {
        return new Endpoint.Period(
                row.getLocalDate("valid_from"),
                row.getLocalDate("valid_to"),
                row.getString("code"),
                row.getString("name"),
                row.getString("name_en"),
                Endpoint.Kind.valueOf(row.getString("kind")),
                row.getUUID("organisation"),
                row.getUUID("parent"),
                row.getString("province_system"),
                row.getString("province_code"),
                row.getString("act"));
    }

    /** By endpoint, in the order of the rows. */
    public static Map<UUID, List<Endpoint.Period>> byEndpoint(Iterable<Row> rows) {
        var periods = new HashMap<UUID, List<Endpoint.Period>>();
        for (var row : rows)
            periods.computeIfAbsent(row.getUUID("endpoint"), id -> new ArrayList<>())
                    .add(of(row));
        return periods;
    }
}
