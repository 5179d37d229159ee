package vn.giaoban.attendance;

import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import vn.giaoban.briefing.Briefing;
import vn.giaoban.db.Fields;
import vn.giaoban.journal.Audience;
import vn.giaoban.journal.Part;

/** Who sits at a site, by name: for the site itself. Everybody else gets numbers. */
final class DelegateView {
    private DelegateView() {}

    static Part own(Briefing briefing, UUID endpoint, List<Delegate> delegates) {
        return new Part(
                "endpoint/" + endpoint,
                List.of("delegates", briefing.id().toString()),
                List.of(Audience.SITE),
                audience -> {
                    var here = new TreeMap<String, Object>();
                    for (var delegate : delegates)
                        if (delegate.here())
                            here.put(
                                    delegate.id().toString(),
                                    Fields.of("name", delegate.name())
                                            .and("title", delegate.title())
                                            .and("from", delegate.from()));
                    return here.isEmpty() || !briefing.shownToSites() ? null : here;
                });
    }

    static Fields answer(Delegate delegate) {
        return Fields.of("id", delegate.id())
                .and("name", delegate.name())
                .and("title", delegate.title())
                .and("from", delegate.from())
                .and("to", delegate.to());
    }
}
