import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { ByteReader } from './byte-reader.port.js';
import { contradiction } from './file-signs.js';
import { inspectContainer } from './inspect-container.js';

const readerOf = (bytes: Buffer): ByteReader => ({
  size: bytes.length,
  read: async (start, length) => bytes.subarray(start, start + length),
});
const inspect = (bytes: Buffer) => inspectContainer(readerOf(bytes));

const box = (type: string, ...content: (Buffer | string)[]): Buffer => {
  const body = Buffer.concat(content.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part)));
  const head = Buffer.alloc(8);
  head.writeUInt32BE(body.length + 8);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, body]);
};
const flags = (...words: number[]): Buffer => Buffer.from(words.flatMap((word) => [0, 0, 0, word]));
const film = (dref: Buffer): Buffer =>
  Buffer.concat([
    box('ftyp', 'isom\x00\x00\x02\x00isomavc1'),
    box('moov', box('mvhd', Buffer.alloc(100)), box('trak', box('mdia', box('minf', box('dinf', dref))))),
    box('mdat', Buffer.alloc(2_000, 7)),
  ]);
const plain = film(box('dref', flags(0, 1), box('url ', flags(1))));
const clip = readFileSync(resolve('seeds/clips/tea-in-a-minute.mp4'));

const zip = (): Buffer => {
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  return Buffer.concat([Buffer.from('PK\x03\x04\x14\0payload', 'latin1'), end]);
};
const webm = (segment: Buffer, behind: Buffer = Buffer.alloc(0)): Buffer =>
  Buffer.concat([
    Buffer.from([0x1a, 0x45, 0xdf, 0xa3, 0x84, 1, 2, 3, 4, 0x18, 0x53, 0x80, 0x67, 0x40, segment.length]),
    segment,
    behind,
  ]);

describe('inspectContainer', () => {
  it.each([
    ['a film', plain],
    ['a clip as a program exported it', clip],
    ['a film in fragments', Buffer.concat([plain, box('moof', 'x'), box('mdat', 'y')])],
    ['a film with a maker’s own box', Buffer.concat([plain, box('uuid', 'maker notes')])],
    ['a film with XMP', Buffer.concat([plain, box('uuid', '<?xpacket begin?><x:xmpmeta/>')])],
    ['a film filled up with zeros', Buffer.concat([plain, Buffer.alloc(512)])],
    ['a film cut in its pictures, which the probe judges', plain.subarray(0, plain.length - 100)],
    ['a clip cut in half, which the probe judges', clip.subarray(0, clip.length / 2)],
    ['a WebM', webm(Buffer.alloc(30, 9))],
    ['a WebM without a length', Buffer.concat([webm(Buffer.alloc(0)).subarray(0, 13), Buffer.alloc(9, 0xff)])],
    ['random text, which is no video', Buffer.from('not a video '.repeat(9))],
    ['nothing', Buffer.alloc(0)],
  ])('finds nothing in %s', async (_, bytes) => {
    expect(await inspect(bytes)).toBeUndefined();
  });

  it.each([
    ['an M3U8', '#EXTM3U\nfile:///etc/hostname', 'playlist'],
    ['a concat list', 'ffconcat version 1.0\nfile a.mp4', 'playlist'],
    ['a DASH manifest', '<?xml version="1.0"?>\n<!-- x -->\n<MPD xmlns="urn:mpeg:dash:schema:mpd:2011">', 'playlist'],
    ['a PLS', '[playlist]\nFile1=http://x', 'playlist'],
    ['a PDF', '%PDF-1.7\n', 'other_file'],
    ['a ZIP', 'PK\x03\x04\x14\0', 'other_file'],
    ['a page', '\n <!DOCTYPE html><p>', 'other_file'],
    ['a picture', '\x89PNG\r\n', 'other_file'],
    ['a program', '\x7fELF\x02', 'other_file'],
    ['a script', '#!/bin/sh\n', 'other_file'],
  ])('knows %s by its first bytes', async (_, text, reason) => {
    expect(await inspect(Buffer.from(text, 'latin1'))).toMatchObject({ reason });
  });

  it.each([
    ['a ZIP behind it', Buffer.concat([plain, zip()])],
    ['a ZIP in a free box at its end', Buffer.concat([plain, box('free', zip())])],
    ['a ZIP inside its pictures up to the end', Buffer.concat([plain, box('mdat', zip())])],
    ['a page behind it', Buffer.concat([plain, Buffer.from('<html><script>alert(1)</script>')])],
    [
      'a page in a free box',
      Buffer.concat([box('ftyp', 'isom'), box('free', '<script >alert(1)'), plain.subarray(24)]),
    ],
    ['a page in a maker’s box', Buffer.concat([plain, box('uuid', '<html><body>')])],
    ['a PDF near its start', Buffer.concat([box('ftyp', 'isom'), box('free', '\n%PDF-1.4'), plain.subarray(24)])],
    ['a playlist in a skip box', Buffer.concat([plain, box('skip', '#EXTM3U')])],
    ['a script in a fat type box', Buffer.concat([box('ftyp', 'isom', Buffer.alloc(9_000, 65)), plain.subarray(24)])],
    ['bytes behind it', Buffer.concat([plain, Buffer.alloc(40, 0x41)])],
    ['an unfinished box behind it', Buffer.concat([plain, Buffer.from('\x7f\0\0\0mdatmore', 'latin1')])],
    ['two megabytes of zeros behind it', Buffer.concat([plain, Buffer.alloc(2_000_000)])],
    ['boxes without end', Buffer.concat([plain, ...Array.from({ length: 6_000 }, () => box('free'))])],
    ['a ZIP behind a clip', Buffer.concat([clip, zip()])],
    ['a page behind a WebM', webm(Buffer.alloc(30, 9), Buffer.from('<html>'))],
    ['a ZIP behind a WebM', webm(Buffer.alloc(30, 9), zip())],
    ['bytes behind a WebM', webm(Buffer.alloc(30, 9), Buffer.from('anything'))],
  ])('refuses a video with %s', async (_, bytes) => {
    expect(await inspect(bytes)).toMatchObject({ reason: 'polyglot' });
  });

  it.each([
    ['url', film(box('dref', flags(0, 1), box('url ', flags(0), 'http://169.254.169.254/latest\0')))],
    ['urn', film(box('dref', flags(0, 1), box('urn ', flags(0), 'name\0file:///etc/passwd\0')))],
    ['alias', film(box('dref', flags(0, 1), box('alis', flags(0), 'Macintosh HD:other.mov')))],
    ['second', film(box('dref', flags(0, 2), box('url ', flags(1)), box('url ', flags(0), 'file:///etc/passwd\0')))],
    [
      'reference movie',
      Buffer.concat([box('ftyp', 'qt  '), box('moov', box('rmra', box('rmda', box('rdrf', 'rtsp://x')))), box('mdat')]),
    ],
  ])('refuses pictures that lie elsewhere: %s', async (_, bytes) => {
    expect(await inspect(bytes)).toMatchObject({ reason: 'external_reference' });
  });

  it('refuses a compressed index, which could hide anything', async () => {
    const bytes = Buffer.concat([box('ftyp', 'qt  '), box('moov', box('cmov', 'zlib')), box('mdat', 'x')]);
    expect(await inspect(bytes)).toMatchObject({ reason: 'polyglot' });
  });

  it('ends for every cut and every changed byte of a clip', async () => {
    for (let at = 0; at < 2_000; at += 7) {
      const changed = Buffer.from(clip);
      changed[at] = (changed[at] ?? 0) ^ 0xff;
      await inspect(changed);
      await inspect(clip.subarray(0, at));
    }
  });
});

describe('contradiction', () => {
  it.each([
    ['clip.mp4', 'video/mp4', 'video/mp4', undefined],
    ['clip.MOV', 'video/quicktime', 'video/mp4', undefined],
    ['clip', undefined, 'video/webm', undefined],
    ['Take 2.final', 'application/octet-stream', 'video/webm', undefined],
    ['clip.webm', undefined, 'video/mp4', '.webm'],
    ['clip.mp4', undefined, 'video/webm', '.mp4'],
    ['report.pdf', undefined, 'video/mp4', '.pdf'],
    ['list.m3u8', undefined, 'video/mp4', '.m3u8'],
    ['clip.mp4', 'text/html; charset=utf-8', 'video/mp4', 'text/html'],
    ['clip', 'video/webm', 'video/mp4', 'video/webm'],
    ['clip.constructor', undefined, 'video/mp4', undefined],
  ])('compares %s (%s) with %s', (fileName, type, mimeType, said) => {
    expect(contradiction({ fileName, type }, mimeType)).toBe(said);
  });
});
