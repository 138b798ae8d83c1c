/** One part of a multipart body; a file need not bring a name of its own. */
export interface Part {
  bytes: Buffer;
  fileName?: string;
}

/** The parts of a multipart/form-data body by name, byte for byte; undefined where it is none. */
export function readMultipart(
  body: Uint8Array,
  contentType: string,
): Map<string, Part> | undefined {
  const boundary = /boundary="?([^";]+)"?/i.exec(contentType)?.[1];
  if (!boundary) return undefined;
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const line = Buffer.from(`--${boundary}`);
  const parts = new Map<string, Part>();
  let from = bytes.indexOf(line);
  while (from >= 0) {
    const to = bytes.indexOf(Buffer.from(`\r\n--${boundary}`), from + line.length);
    if (to < 0) break;
    readPart(bytes.subarray(from + line.length + 2, to), parts);
    from = to + 2;
  }
  return parts;
}

function readPart(bytes: Buffer, parts: Map<string, Part>): void {
  const end = bytes.indexOf('\r\n\r\n');
  const head = bytes.subarray(0, Math.max(0, end)).toString('utf8');
  const name = /[;\s]name="([^"]*)"/i.exec(head)?.[1];
  if (end < 0 || name === undefined) return;
  parts.set(name, {
    bytes: bytes.subarray(end + 4),
    fileName: /filename="([^"]*)"/i.exec(head)?.[1],
  });
}
