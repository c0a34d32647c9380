import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { readJson } from './json-body.js';

describe('readJson', () => {
  it('keeps integers that a number cannot hold as text', () => {
    expect(readJson('{"id":7000000000000000001}', z.object({ id: z.string() }))).toEqual({ id: '7000000000000000001' });
  });

  it('gives only text that a database can keep: no NUL, no half of a character', () => {
    const shape = z.object({ error: z.string(), list: z.array(z.string()) });
    const text = String.raw`{"error":"In\u0000valid\ud800!","list":["\u0000"]}`;
    expect(readJson(text, shape)).toEqual({ error: 'Invalid\ufffd!', list: [''] });
  });

  it.each(['<html>', '{"id":', '{"id":7}'])('gives nothing for %s', (text) => {
    expect(readJson(text, z.object({ id: z.string() }))).toBeUndefined();
  });
});
