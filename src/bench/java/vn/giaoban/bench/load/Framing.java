package vn.giaoban.bench.load;

import io.netty.buffer.ByteBuf;

/** Takes whole pieces off the front of what was received; what is not whole yet stays. */
interface Framing {
    /** Of a server, so never masked; Giao Ban, nchan and Socket.IO send no fragments. */
    Framing WEBSOCKET = (in, line, now) -> {
        while (true) {
            int at = in.readerIndex();
            int there = in.readableBytes();
            if (there < 2) return;
            int length = in.getByte(at + 1) & 0x7f;
            int head = length < 126 ? 2 : length == 126 ? 4 : 10;
            if (there < head) return;
            if (length == 126) length = in.getUnsignedShort(at + 2);
            else if (length == 127) length = (int) in.getLong(at + 2);
            if (there < head + length) return;
            in.readerIndex(at + head + length);
            line.frame(in.getByte(at) & 0xf, in, at + head, length, now);
        }
    };

    /** Server-Sent Events in HTTP chunks; who sends chunks puts whole events into them. */
    Framing CHUNKED_EVENTS = (in, line, now) -> {
        while (true) {
            int at = in.readerIndex();
            int end = in.writerIndex();
            int length = 0;
            int body = at;
            while (body < end && Scan.hex(in.getByte(body)) >= 0) length = length << 4 | Scan.hex(in.getByte(body++));
            if (body == at || body + 2 + length + 2 > end) return;
            body += 2;
            in.readerIndex(body + length + 2);
            if (length == 0) {
                line.ended();
                return;
            }
            line.events(in, body, body + length, now);
        }
    };

    /** Server-Sent Events until the connection ends. */
    Framing EVENTS = (in, line, now) -> {
        while (true) {
            int end = Scan.behind(in, in.readerIndex(), in.writerIndex(), Scan.EVENT_END);
            if (end < 0) return;
            line.events(in, in.readerIndex(), end, now);
            in.readerIndex(end);
        }
    };

    void read(ByteBuf in, Line line, long now);
}
