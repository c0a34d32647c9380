// A mail server in a process of its own that counts, and keeps one message in a hundred. Control over HTTP.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startSink } from '../mail/sink.ts';

/** One in a hundred, by the number in the address. */
const isSample = (recipient: string): boolean => Number(/\d+/.exec(recipient)?.[0] ?? 0) % 100 === 0;

let count = 0;
let firstAt = 0;
let lastAt = 0;
const sink = await startSink({
  keep: isSample,
  deedAt: (moment) => {
    if (moment !== 'body-whole') return 'go-on';
    lastAt = performance.now();
    if (count === 0) firstAt = lastAt;
    count += 1;
    return 'go-on';
  },
});

const control = createServer((request, response) => {
  response.setHeader('content-type', 'application/json');
  if (request.url === '/samples') return response.end(JSON.stringify(sink.kept));
  if (request.method === 'POST') {
    [count, firstAt, lastAt] = [0, 0, 0];
    sink.reset();
  }
  return response.end(JSON.stringify({ count, ms: lastAt - firstAt, people: sink.copies.size }));
});
await new Promise<void>((listening) => control.listen(0, '127.0.0.1', listening));
const { port } = control.address() as AddressInfo;
process.stdout.write(`${JSON.stringify({ smtp: sink.url, control: `http://127.0.0.1:${port}` })}\n`);
process.once('SIGTERM', () => process.exit(0));
process.stdin.resume().once('end', () => process.exit(1));
