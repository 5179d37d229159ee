package vn.giaoban.directory.registry;

import java.util.UUID;
import vn.giaoban.http.Call;

/** Who may do what to an endpoint of an organisation; the house asks its policy. */
public interface Rights {
    /** {@code endpoint} may be null: then the organisation's in general; both null: nobody's in particular. */
    boolean may(Call call, String verb, UUID organisation, UUID endpoint);
}
