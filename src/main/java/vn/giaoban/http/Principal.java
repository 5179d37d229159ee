package vn.giaoban.http;

/** Who asks. The HTTP room only needs to tell one asker from another; the people room knows the rest. */
public interface Principal {
    /** Stable and opaque; "-" for somebody who has not signed in. */
    String id();

    boolean anonymous();
}
