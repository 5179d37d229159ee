import { deflateSync, inflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const COLOURS = 256;
const MOST_USED = 160;

/** A browser's picture (8 bits, red, green, blue) with a palette of 256 colours: a third of the bytes. */
export function withPalette(png: Buffer): Buffer {
  const chunks = read(png);
  const head = chunks.find(({ type }) => type === 'IHDR')?.data ?? Buffer.alloc(13);
  const [width, height] = [head.readUInt32BE(0), head.readUInt32BE(4)];
  if (head[8] !== 8 || head[9] !== 2) return png;
  const rows = Buffer.concat(chunks.filter(({ type }) => type === 'IDAT').map(({ data }) => data));
  const pixels = unfiltered(inflateSync(rows), width * 3, height);
  const colours: number[] = [];
  for (let at = 0; at < pixels.length; at += 3) colours.push(pixels.readUIntBE(at, 3));
  const palette = chosen(colours);
  const nearest = new Map(palette.map((colour, index) => [colour, index]));
  const lines = Buffer.alloc((width + 1) * height); // each line begins with its filter: none
  for (const [n, colour] of colours.entries()) {
    let index = nearest.get(colour);
    if (index === undefined) nearest.set(colour, (index = closest(palette, colour)));
    lines[n + 1 + Math.floor(n / width)] = index;
  }
  head[9] = 3;
  const table = Buffer.concat(palette.map((colour) => Buffer.from([colour >> 16, colour >> 8, colour])));
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', head),
    chunk('PLTE', table),
    chunk('IDAT', deflateSync(lines, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function read(png: Buffer): { type: string; data: Buffer }[] {
  const chunks = [];
  for (let at = SIGNATURE.length; at < png.length;) {
    const length = png.readUInt32BE(at);
    const data = Buffer.from(png.subarray(at + 8, at + 8 + length));
    chunks.push({ type: png.toString('latin1', at + 4, at + 8), data });
    at += length + 12;
  }
  return chunks;
}

/** Undoes what each line says was taken off it: what stands left, above, their mean, or Paeth's choice. */
function unfiltered(lines: Buffer, bytes: number, height: number): Buffer {
  const out = Buffer.alloc(bytes * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < bytes; x++) {
      const at = y * bytes + x;
      const left = x < 3 ? 0 : (out[at - 3] ?? 0);
      const above = y === 0 ? 0 : (out[at - bytes] ?? 0);
      const corner = x < 3 || y === 0 ? 0 : (out[at - bytes - 3] ?? 0);
      const before = [0, left, above, (left + above) >> 1, paeth(left, above, corner)];
      out[at] = (lines[y * (bytes + 1) + 1 + x] ?? 0) + (before[lines[y * (bytes + 1)] ?? 0] ?? 0);
    }
  return out;
}

function paeth(left: number, above: number, corner: number): number {
  const [a, b, c] = [above - corner, left - corner, left + above - 2 * corner].map(Math.abs) as [
    number,
    number,
    number,
  ];
  return a <= b && a <= c ? left : b <= c ? above : corner;
}

/** What is used most, and then whatever is least like what is there already: a small sign keeps its colour. */
function chosen(colours: readonly number[]): number[] {
  const uses = new Map<number, number>();
  for (const colour of colours) uses.set(colour, (uses.get(colour) ?? 0) + 1);
  const known = [...uses].sort(([, a], [, b]) => b - a).map(([colour]) => colour);
  const palette = known.splice(0, MOST_USED);
  const far = known.map((colour) => Math.min(...palette.map((one) => distance(one, colour))));
  while (palette.length < COLOURS && known.length > 0) {
    const farthest = far.reduce((best, one, n) => (one > (far[best] ?? 0) ? n : best), 0);
    const colour = known[farthest] ?? 0;
    palette.push(colour);
    for (const [n, one] of known.entries()) far[n] = Math.min(far[n] ?? 0, distance(one, colour));
  }
  return palette;
}

function closest(palette: readonly number[], colour: number): number {
  let best = 0;
  for (const [index, known] of palette.entries())
    if (distance(known, colour) < distance(palette[best] ?? 0, colour)) best = index;
  return best;
}

function distance(one: number, other: number): number {
  const apart = (bits: number) => ((one >> bits) & 255) - ((other >> bits) & 255);
  return apart(16) ** 2 + apart(8) ** 2 + apart(0) ** 2;
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const around = Buffer.alloc(8);
  around.writeUInt32BE(data.length, 0);
  around.writeUInt32BE(crc(body), 4);
  return Buffer.concat([around.subarray(0, 4), body, around.subarray(4)]);
}

function crc(bytes: Buffer): number {
  let sum = 0xffffffff;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  }
  return ~sum >>> 0;
}
