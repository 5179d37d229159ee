package vn.giaoban.bridge.sitelist;

import java.util.Map;
import vn.giaoban.briefing.Briefing;
import vn.giaoban.briefing.Briefings;
import vn.giaoban.directory.Directory;
import vn.giaoban.http.Answer;
import vn.giaoban.http.Api;
import vn.giaoban.http.Call;
import vn.giaoban.people.Person;

/** The calls about the list of a briefing's sites. */
public final class SiteListRoutes {
    private static final String XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private final SiteLists lists;
    private final Briefings briefings;
    private final Directory directory;

    public SiteListRoutes(SiteLists lists, Briefings briefings, Directory directory) {
        this.lists = lists;
        this.briefings = briefings;
        this.directory = directory;
    }

    public void mount(Api api) {
        api.on("readSiteList", this::read).on("exportSiteList", this::export);
    }

    private Briefing demand(Call call) {
        return briefings.demand(Person.of(call), call.operation(), call.id("briefing"));
    }

    private Answer read(Call call) {
        var briefing = demand(call);
        return Answer.ok(SiteListView.answer(briefing, letterhead(briefing), lists.of(briefing)));
    }

    private Letterhead letterhead(Briefing briefing) {
        var day = briefing.plan().start().atZone(Directory.ZONE).toLocalDate();
        return Letterhead.of(directory.organisation(briefing.organisation()), directory.provinces(day, null));
    }

    private Answer export(Call call) {
        var briefing = demand(call);
        return new Answer(
                200,
                Map.of(
                        "Content-Type",
                        XLSX,
                        "Content-Disposition",
                        "attachment; filename=\"sites-" + briefing.id() + ".xlsx\""),
                SiteListSheet.of(briefing, lists.of(briefing), call.words()));
    }
}
