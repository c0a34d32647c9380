import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

/** RFC 6455, 1.3. */
const HANDSHAKE_GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const TEXT = 0x81;
const CLOSE = 0x88;
const PONG = 0x8a;

/** One listener over a WebSocket: it is sent texts and may leave. */
export interface WebSocketPeer {
  send(text: string): void;
  /** Cuts the connection, without a word when `isAbrupt`. */
  close(isAbrupt?: boolean): void;
}

/** Takes a WebSocket handshake; the other side may send pings and its farewell, anything else is not read. */
export const acceptWebSocket = (request: IncomingMessage, socket: Duplex, onGone: () => void): WebSocketPeer => {
  const key = String(request.headers['sec-websocket-key'] ?? '');
  const accept = createHash('sha1')
    .update(key + HANDSHAKE_GUID)
    .digest('base64');
  socket.write(
    `HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: Upgrade\r\nsec-websocket-accept: ${accept}\r\n\r\n`,
  );
  socket.on('error', () => socket.destroy());
  socket.on('close', onGone);
  socket.on('data', (chunk: Buffer) => {
    const opcode = (chunk[0] ?? 0) & 0x0f;
    if (opcode === 0x8) socket.end(frame(CLOSE, Buffer.alloc(0)));
    if (opcode === 0x9) socket.write(frame(PONG, Buffer.alloc(0)));
  });
  return {
    send: (text) => void socket.write(frame(TEXT, Buffer.from(text))),
    close: (isAbrupt = false) =>
      isAbrupt ? socket.destroy() : void socket.end(frame(CLOSE, Buffer.from([0x03, 0xe9]))),
  };
};

/** Servers do not mask (RFC 6455, 5.1). */
const frame = (first: number, payload: Buffer): Buffer => {
  if (payload.length < 126) return Buffer.concat([Buffer.from([first, payload.length]), payload]);
  const head = Buffer.alloc(payload.length < 65_536 ? 4 : 10);
  head[0] = first;
  if (head.length === 4) {
    head[1] = 126;
    head.writeUInt16BE(payload.length, 2);
  } else {
    head[1] = 127;
    head.writeBigUInt64BE(BigInt(payload.length), 2);
  }
  return Buffer.concat([head, payload]);
};
