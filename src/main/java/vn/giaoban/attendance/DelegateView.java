package vn.giaoban.attendance;

import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import vn.giaoban.briefing.Briefing;
import vn.giaoban.db.Fields;
import vn.giaoban.journal.Audience;
import vn.giaoban.journal.Part;

/** Who is registered and who sits at a site, by name: for the site itself. Everybody else gets numbers. */
final class DelegateView {
    private DelegateView() {}

    static Part own(Briefing briefing, UUID endpoint, List<Delegate> delegates) {
        return new Part(
                "endpoint/" + endpoint,
                List.of("delegates", briefing.id().toString()),
                List.of(Audience.SITE),
                audience -> {
                    var all = new TreeMap<String, Object>();
                    for (var delegate : delegates)
                        if (delegate.open())
                            all.put(
                                    delegate.id().toString(),
                                    Fields.of("name", delegate.name())
                                            .and("title", delegate.title())
                                            .and("registeredAt", delegate.registeredAt())
                                            .and("from", delegate.from()));
                    return all.isEmpty() || !briefing.shownToSites() ? null : all;
                });
    }

    static Fields answer(Delegate delegate) {
        return Fields.of("id", delegate.id())
                .and("name", delegate.name())
                .and("title", delegate.title())
                .and("registeredAt", delegate.registeredAt())
                .and("from", delegate.from())
                .and("to", delegate.to());
    }
}
