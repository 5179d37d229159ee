package vn.giaoban.journal;

import java.util.List;

/** Knows how to draw a whole stream from the facts in the database: every part of its picture. */
public interface Painter {
    /** Whether this painter knows the stream. */
    boolean paints(String stream);

    List<Part> parts(String stream);
}
