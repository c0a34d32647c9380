import { describe, expect, it } from '@jest/globals';
import { guessMapping, headerOf, toMapping } from './columns.ts';

describe('headerOf', () => {
  it('finds the columns whatever separates them', () => {
    expect(headerOf('E-Mail;Name;Tags\na@example.com;Ada;x')).toEqual(['E-Mail', 'Name', 'Tags']);
    expect(headerOf('\uFEFFemail,name\r\nx')).toEqual(['email', 'name']);
    expect(headerOf('email\tname')).toEqual(['email', 'name']);
  });

  it('leaves a delimiter within quotes in its column', () => {
    expect(headerOf('email,"Name, first",city')).toEqual(['email', 'Name, first', 'city']);
  });
});

describe('guessMapping', () => {
  it('knows common names, each target once', () => {
    expect(guessMapping(['E-Mail', 'email', 'First Name', 'Favourite colour'])).toEqual({
      'E-Mail': 'email',
      email: '',
      'First Name': 'attributes.first_name',
      'Favourite colour': '',
    });
  });

  it('never guesses a proof of consent', () => {
    expect(guessMapping(['evidence', 'consent', 'opt-in'])).toEqual({ evidence: '', consent: '', 'opt-in': '' });
  });
});

describe('toMapping', () => {
  it('names only columns that are read', () => {
    expect(toMapping({ a: 'email', b: '' })).toEqual({ a: 'email' });
  });
});
