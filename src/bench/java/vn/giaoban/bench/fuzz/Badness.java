package vn.giaoban.bench.fuzz;

import static vn.giaoban.bench.client.ClientFrame.BINARY;
import static vn.giaoban.bench.client.ClientFrame.CLOSE;
import static vn.giaoban.bench.client.ClientFrame.CONTINUATION;
import static vn.giaoban.bench.client.ClientFrame.PING;
import static vn.giaoban.bench.client.ClientFrame.PONG;
import static vn.giaoban.bench.client.ClientFrame.TEXT;
import static vn.giaoban.bench.fuzz.Material.around;
import static vn.giaoban.bench.fuzz.Material.binaryParts;
import static vn.giaoban.bench.fuzz.Material.finished;
import static vn.giaoban.bench.fuzz.Material.notUtf8;
import static vn.giaoban.bench.fuzz.Material.parts;
import static vn.giaoban.bench.fuzz.Material.pick;
import static vn.giaoban.bench.fuzz.Material.some;
import static vn.giaoban.bench.fuzz.Material.spaces;
import static vn.giaoban.bench.fuzz.Material.text;
import static vn.giaoban.bench.fuzz.Material.utf8;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import vn.giaoban.bench.client.ClientFrame;

/** One way to break the protocol, and the close codes with which a server may answer it. */
enum Badness {
    RESERVED_OPCODE(r -> List.of(ClientFrame.of(pick(r, 3, 4, 5, 6, 7, 11, 12, 13, 14, 15), some(r, 125))), 1002),
    RESERVED_BITS(
            r -> List.of(ClientFrame.of(pick(r, TEXT, BINARY, PING, PONG, CLOSE), utf8("{}"))
                    .reserved(pick(r, 0x10, 0x20, 0x40, 0x50, 0x70))),
            1002),
    UNMASKED(
            r -> List.of(ClientFrame.of(pick(r, TEXT, BINARY, PING), utf8("{}")).unmasked()), 1002),
    CONTINUES_NOTHING(r -> List.of(finished(r, ClientFrame.of(CONTINUATION, some(r, 300)))), 1002),
    MESSAGE_INSIDE_MESSAGE(
            r -> List.of(
                    ClientFrame.of(pick(r, TEXT, BINARY), utf8("{")).unfinished(),
                    finished(r, ClientFrame.of(pick(r, TEXT, BINARY), utf8("}")))),
            1002),
    FRAGMENTED_CONTROL(
            r -> List.of(ClientFrame.of(pick(r, PING, PONG, CLOSE), new byte[0]).unfinished()), 1002),
    LONG_CONTROL(r -> List.of(ClientFrame.of(pick(r, PING, PONG, CLOSE), new byte[126 + r.nextInt(300)])), 1002),
    WIDE_LENGTH(
            r -> List.of(
                    r.nextBoolean()
                            ? ClientFrame.of(TEXT, new byte[r.nextInt(126)]).wide(16)
                            : ClientFrame.of(TEXT, new byte[r.nextInt(300)]).wide(64)),
            1002),
    NEGATIVE_LENGTH(
            r -> List.of(ClientFrame.of(pick(r, TEXT, BINARY, CONTINUATION), some(r, 20))
                    .declaring(Long.MIN_VALUE | r.nextLong())),
            1002,
            1009),
    OVERSIZE_FRAME(
            r -> List.of(ClientFrame.of(pick(r, TEXT, BINARY), some(r, 20))
                    .declaring(
                            pick(r, 65_537L, 65_536L + 65_536L, 1L << 31, (1L << 32) + 1, 1L << 53, Long.MAX_VALUE))),
            1009),
    OVERSIZE_MESSAGE(
            r -> {
                var frames = new ArrayList<ClientFrame>();
                for (int size = 0, part; size <= 65_536; size += part) {
                    part = 1 + r.nextInt(30_000);
                    frames.add(ClientFrame.of(size == 0 ? TEXT : CONTINUATION, spaces(part))
                            .unfinished());
                }
                return frames;
            },
            1009),
    CLOSE_OF_ONE_BYTE(r -> List.of(ClientFrame.of(CLOSE, new byte[] {(byte) r.nextInt(256)})), 1002),
    CLOSE_CODE(
            r -> List.of(ClientFrame.close(
                    pick(r, 0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65_535), new byte[0])),
            1002),
    CLOSE_REASON(r -> List.of(ClientFrame.close(1000, notUtf8(r))), 1007),
    NOT_UTF8(r -> List.of(ClientFrame.of(TEXT, around(r, notUtf8(r)))), 1007),
    NOT_UTF8_IN_PARTS(
            r -> parts(r, around(r, notUtf8(r))), 1007), // refused at the wrong byte or at the end: both are right
    BINARY_MESSAGE(r -> r.nextBoolean() ? List.of(ClientFrame.of(BINARY, some(r, 500))) : binaryParts(r), 4400),
    NOT_JSON(
            r -> text(
                    r,
                    "",
                    " ",
                    "{",
                    "}",
                    "[]",
                    "null",
                    "7",
                    "\"x\"",
                    "{} {}",
                    "{'type':'follow'}",
                    "{\"type\":NaN}",
                    "\ufeff{}",
                    "{\"type\":\"follow\",}",
                    "{\"type\":\"unfollow\",\"type\":\"unfollow\",\"stream\":\"calendar\"}",
                    "\u0000"),
            4400),
    DEEP(r -> text(r, "[".repeat(60_000), "{\"a\":".repeat(10_000), "{\"a\":" + "[".repeat(20_000)), 4400),
    HUGE_NUMBER(
            r -> text(
                    r,
                    "{\"type\":" + "9".repeat(50_000) + "}",
                    "{\"type\":1e999999999}",
                    "{\"type\":\"follow\",\"stream\":-" + "1".repeat(400) + "." + "2".repeat(400) + "e-9999}"),
            4400),
    NO_FRAME_OF_OURS(
            r -> text(
                    r,
                    "{}",
                    "{\"type\":null}",
                    "{\"type\":5}",
                    "{\"type\":[\"follow\"]}",
                    "{\"type\":\"command\"}",
                    "{\"type\":\"FOLLOW\",\"stream\":\"calendar\"}",
                    "{\"type\":\"follow\"}",
                    "{\"type\":\"follow\",\"stream\":7}",
                    "{\"type\":\"follow\",\"stream\":\"calendar\",\"after\":7}",
                    "{\"type\":\"follow\",\"stream\":\"calendar\",\"audience\":{}}",
                    "{\"type\":\"follow\",\"stream\":\"../calendar\"}",
                    "{\"type\":\"follow\",\"stream\":\"briefing/" + "a".repeat(65) + "\"}",
                    "{\"type\":\"follow\",\"stream\":\"\"}",
                    "{\"type\":\"unfollow\"}",
                    "{\"type\":\"renew\"}",
                    "{\"type\":\"renew\",\"token\":null}"),
            4400),
    BAD_TOKEN(
            r -> text(
                    r,
                    "{\"type\":\"renew\",\"token\":\"\"}",
                    "{\"type\":\"renew\",\"token\":\"a.b.c\"}",
                    "{\"type\":\"renew\",\"token\":\"" + "x".repeat(60_000) + "\"}"),
            4401),
    TOO_MANY(
            r -> {
                // More than twice what a minute allows: the minute may turn meanwhile.
                var frames = new ArrayList<ClientFrame>();
                for (int i = 0; i < 202; i++)
                    frames.add(ClientFrame.text("{\"type\":\"unfollow\",\"stream\":\"calendar\"}"));
                return frames;
            },
            4429);

    final Set<Integer> codes;
    private final Function<Random, List<ClientFrame>> made;

    Badness(Function<Random, List<ClientFrame>> made, Integer... codes) {
        this.made = made;
        this.codes = Set.of(codes);
    }

    List<ClientFrame> frames(Random random) {
        return made.apply(random);
    }
}
