package vn.giaoban.bench.peer;

import java.io.IOException;
import java.util.Map;
import vn.giaoban.bench.Generator;
import vn.giaoban.bench.Machine;

/** A server that is measured, read in one of its ways. */
public interface Peer {
    String name();

    /** The process whose CPU and memory count, with all that it has started. */
    long pid();

    /** Points the generator at it, to read from it. */
    void aim(Generator generator) throws Exception;

    /** Lets the generator publish to it, once this means anything. */
    void publish(Generator generator) throws Exception;

    /** What its readers need to be in memory, in MiB. */
    default double memoryMiB() {
        return Machine.proportionalMiB(pid());
    }

    /** Leaves in memory what is in use, where the server has such a thing as garbage. */
    void collectGarbage() throws Exception;

    /** What it counts of itself, growing: figures by name. */
    default Map<String, Double> inside() throws IOException {
        return Map.of();
    }
}
