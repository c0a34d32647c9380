import { describe, expect, it } from '@jest/globals';
import { explainStartFailure } from './start-failure.js';

const fault = (fields: object) => Object.assign(new Error('raw'), fields);

describe('explainStartFailure', () => {
  it.each([
    [{ code: 'EADDRINUSE', address: '127.0.0.1', port: 3000 }, 'PORT: another process listens on 127.0.0.1:3000'],
    [{ code: 'ECONNREFUSED', errors: [fault({ address: '::1', port: 5432 })] }, 'no database answers at ::1:5432'],
    [{ code: 'EADDRNOTAVAIL', address: '10.9.9.9' }, 'no address 10.9.9.9.'],
    [{ code: 'EACCES', path: '/srv/x' }, 'DATA_DIR: cannot write /srv/x (EACCES)'],
    [{ code: 'EACCES', address: '0.0.0.0', port: 80 }, 'may not listen on 0.0.0.0:80'],
    [{ code: '28P01' }, 'refuses this user or password'],
  ])('%j is a sentence without a stack', (fields, sentence) => {
    const text = explainStartFailure(fault(fields));
    expect(text).toContain(sentence);
    expect(text).not.toContain('\n');
  });

  it('a bug keeps its stack', () => {
    expect(explainStartFailure(new TypeError('odd'))).toContain('start-failure.spec');
  });
});
