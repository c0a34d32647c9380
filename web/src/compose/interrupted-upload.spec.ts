import { describe, expect, it } from '@jest/globals';
import { lastInterrupted, uploadIdOf } from './interrupted-upload.ts';

const shelf = (entries: Readonly<Record<string, string>>) => {
  const keys = Object.keys(entries);
  return {
    length: keys.length,
    key: (index: number) => keys[index] ?? null,
    getItem: (key: string) => entries[key] ?? null,
  };
};
const entry = (filename: string, creationTime: string) =>
  JSON.stringify({ size: 1, metadata: { filename }, creationTime, uploadUrl: `/v1/uploads/${filename}-id` });

describe('lastInterrupted', () => {
  it('is the upload that was begun last', () => {
    const entries = {
      'tus::a::1': entry('old.mp4', 'Sat Nov 21 2026 10:00:00 GMT+0000'),
      'tus::b::2': entry('new.mp4', 'Sun Nov 22 2026 10:00:00 GMT+0000'),
      other: 'x',
    };
    expect(lastInterrupted(shelf(entries))?.fileName).toBe('new.mp4');
  });

  it('is nothing where nothing can be read', () => {
    expect(lastInterrupted(shelf({}))).toBeUndefined();
    expect(lastInterrupted(shelf({ 'tus::a::1': '{broken', 'tus::b::2': 'null' }))).toBeUndefined();
  });
});

describe('uploadIdOf', () => {
  it('is the last part of its address', () => expect(uploadIdOf('https://x.test/v1/uploads/u-1')).toBe('u-1'));
});
