package vn.giaoban.floor;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import vn.giaoban.briefing.Briefing;
import vn.giaoban.briefing.BriefingView;
import vn.giaoban.db.Fields;
import vn.giaoban.journal.Audience;
import vn.giaoban.journal.Part;

/** Who wishes to speak, who speaks and who has spoken: for those who take part, and its place for each site. */
final class FloorView {
    /** How many of those that have spoken stay in the picture. */
    static final int LAST_DONE = 20;

    private static final Comparator<FloorRequest> NEWEST_DONE = Comparator.comparing(FloorRequest::endedAt)
            .thenComparingInt(FloorRequest::n)
            .reversed();

    private FloorView() {}

    /** How sites and delegates are called. */
    record Names(Function<UUID, String> site, Function<UUID, String> delegate) {}

    /** Requests in the order of their numbers. */
    static Part floor(Briefing briefing, List<FloorRequest> requests, Names names) {
        return new Part(
                BriefingView.stream(briefing),
                List.of("floor"),
                List.of(Audience.SITE, Audience.STAFF),
                audience -> briefing.visibleTo(audience) && requests.stream().anyMatch(FloorView::shown)
                        ? floor(requests, names)
                        : null);
    }

    private static boolean shown(FloorRequest request) {
        return request.status() != FloorRequest.Status.WITHDRAWN;
    }

    private static Fields floor(List<FloorRequest> requests, Names names) {
        var done = requests.stream()
                .filter(request -> request.status() == FloorRequest.Status.DONE)
                .sorted(NEWEST_DONE)
                .limit(LAST_DONE);
        var shown = new TreeMap<String, Object>();
        Stream.concat(requests.stream().filter(FloorRequest::open), done)
                .forEach(request -> shown.put(request.id().toString(), request(request, names)));
        return Fields.of("order", waiting(requests).map(r -> r.id().toString()).toList())
                .and("requests", shown)
                .and(
                        "holder",
                        requests.stream()
                                .filter(FloorRequest::speaks)
                                .map(r -> r.id().toString())
                                .findFirst()
                                .orElse(null));
    }

    private static Map<String, Object> request(FloorRequest request, Names names) {
        var view = facts(request)
                .and("name", names.site().apply(request.endpoint()))
                .and(
                        "delegate",
                        request.delegate() == null ? null : names.delegate().apply(request.delegate()));
        return request.status() == FloorRequest.Status.DONE ? view.and("spokenMs", request.spokenMs()) : view;
    }

    private static Fields facts(FloorRequest request) {
        return Fields.of("endpoint", request.endpoint())
                .and("topic", request.topic())
                .and("status", request.status())
                .and("requestedAt", request.requestedAt())
                .and("givenAt", request.givenAt())
                .and("endedAt", request.endedAt());
    }

    private static Stream<FloorRequest> waiting(List<FloorRequest> requests) {
        return requests.stream().filter(FloorRequest::waits);
    }

    /** In the site's own stream: whether it speaks, or as the how manyth it will (1: next). */
    static Part own(Briefing briefing, List<FloorRequest> requests, UUID endpoint) {
        return new Part(
                "endpoint/" + endpoint,
                List.of("floor", briefing.id().toString()),
                List.of(Audience.SITE),
                audience -> {
                    var first = first(requests, endpoint);
                    if (first == null || !briefing.shownToSites()) return null;
                    var view = Fields.of("request", first.id()).and("status", first.status());
                    return first.waits()
                            ? view.and("place", waiting(requests).toList().indexOf(first) + 1)
                            : view;
                });
    }

    private static FloorRequest first(List<FloorRequest> requests, UUID endpoint) {
        return requests.stream()
                .filter(request -> request.open() && request.endpoint().equals(endpoint))
                .min(Comparator.comparing(FloorRequest::waits).thenComparingInt(FloorRequest::n))
                .orElse(null);
    }

    /** For programs. */
    static Map<String, Object> answer(FloorRequest request) {
        return facts(request)
                .and("id", request.id())
                .and("delegate", request.delegate())
                .and("spokenMs", request.spokenMs());
    }
}
