package vn.giaoban.directory;

import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** Reads the tables that ship with the program: a header line, then one record a line. */
final class Csv {
    private static final CsvMapper MAPPER = CsvMapper.builder()
            .enable(CsvParser.Feature.FAIL_ON_MISSING_COLUMNS)
            .build();

    private Csv() {}

    static List<Map<String, String>> rows(String name) {
        try (var in = Csv.class.getResourceAsStream("/directory/" + name + ".csv")) {
            return MAPPER.readerForMapOf(String.class)
                    .with(CsvSchema.emptySchema().withHeader())
                    .<Map<String, String>>readValues(in)
                    .readAll();
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }
}
