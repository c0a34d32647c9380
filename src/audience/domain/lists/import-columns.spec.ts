import { describe, expect, it } from '@jest/globals';
import { chooseColumns } from './import-columns.js';

const written = (header: string[], mapping?: Record<string, string>) =>
  chooseColumns(header, mapping).map(({ header: name, written: target }) => [name, target]);

describe('chooseColumns', () => {
  it('guesses what common exports write, and passes over the rest', () => {
    expect(written(['E-Mail', 'First Name', 'Time zone', 'Shoe size', 'row'])).toEqual([
      ['E-Mail', 'email'],
      ['First Name', 'attributes.first_name'],
      ['Time zone', 'zone'],
    ]);
  });

  it('never guesses a proof of consent', () => {
    expect(written(['email', 'evidence', 'consent'])).toEqual([['email', 'email']]);
  });

  it('follows a mapping letter by letter', () => {
    expect(written(['Adresse', 'Alter'], { Adresse: 'email', Alter: 'attributes.age:number' })).toEqual([
      ['Adresse', 'email'],
      ['Alter', 'attributes.age:number'],
    ]);
  });

  it.each([
    ['csv.no_email_column', ['name'], undefined],
    ['csv.no_email_column', ['constructor', '__proto__'], undefined],
    ['import.unknown_column', ['email'], { Email: 'email' }],
    ['import.bad_target', ['email'], { email: 'password' }],
    ['import.bad_target', ['email'], { email: 'attributes.__proto__' }],
    ['import.bad_target', ['email'], { email: 'attributes.age:date' }],
    ['import.column_twice', ['email', 'E-Mail'], undefined],
  ])('refuses with %s', (code, header, mapping) => {
    expect(() => chooseColumns(header, mapping)).toThrow(expect.objectContaining({ code }));
  });
});
