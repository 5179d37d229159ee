// One room of readers under Socket.IO, as its documentation sets it up: WebSocket alone, no compression.
// POST /pub publishes its body to everybody; POST /gc collects garbage, so that memory can be compared.
import { createServer } from "node:http";
import { Server } from "socket.io";

const http = createServer((request, response) => {
  if (request.method !== "POST") return response.writeHead(404).end();
  const parts = [];
  request.on("data", (part) => parts.push(part));
  request.on("end", () => {
    if (request.url === "/gc") globalThis.gc();
    else io.emit("patch", JSON.parse(Buffer.concat(parts).toString()));
    response.writeHead(204).end();
  });
});
const io = new Server(http, { transports: ["websocket"], perMessageDeflate: false, httpCompression: false });

http.keepAliveTimeout = 600_000;
http.listen({ host: "127.0.0.1", port: Number(process.argv[2]), backlog: 4096 });
