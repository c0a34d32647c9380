import { describe, expect, it } from '@jest/globals';
import { importedFileName, isDocument, shownUrl } from './media-import.js';

describe('isDocument', () => {
  it.each(['text/html', 'text/xml', 'application/xhtml+xml', 'application/json', 'application/problem+json'])(
    'knows %s as a page',
    (type) => expect(isDocument(type)).toBe(true),
  );
  it.each(['', 'video/mp4', 'application/octet-stream', 'binary/octet-stream', 'text/plain', 'application/mp4'])(
    'lets the probe judge %j',
    (type) => expect(isDocument(type)).toBe(false),
  );
});

describe('importedFileName', () => {
  it.each([
    ['https://a.example/b/Th%C3%A9.mp4?x=1', 'Thé.mp4'],
    ['https://a.example/%2e%2e%2fpasswd', 'passwd'],
    ['https://a.example/bad%ff.mp4', 'bad%ff.mp4'],
    ['https://a.example/', 'video'],
  ])('reads the name of %s', (url, name) => {
    expect(importedFileName({ url })).toBe(name);
  });

  it('prefers the name a person gave', () => {
    expect(importedFileName({ url: 'https://a.example/x.mp4', fileName: 'mine.mp4' })).toBe('mine.mp4');
  });
});

it('shows an address without what may be a secret', () => {
  expect(shownUrl('https://a.example:8443/x.mp4?token=1#part')).toBe('https://a.example:8443/x.mp4');
});
