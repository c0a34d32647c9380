import { describe, expect, it } from '@jest/globals';
import { isLastingFault } from './lasting-fault.js';

const sqlState = (code: string) => Object.assign(new Error(code), { driverError: { code } });

describe('isLastingFault', () => {
  it.each(['23505', '23514', '42703', '22P02'])('SQLSTATE %s comes back every time', (code) => {
    expect(isLastingFault(sqlState(code))).toBe(true);
  });

  it.each(['08006', '40001', '40P01', '53300', '57P01', '25P02', 'ECONNRESET', 'EPIPE'])('%s passes', (code) => {
    expect(isLastingFault(sqlState(code))).toBe(false);
  });

  it('takes a bug of ours for lasting and a bare connection error for passing', () => {
    expect(isLastingFault(new TypeError('x is undefined'))).toBe(true);
    expect(isLastingFault(new Error('Connection terminated unexpectedly'))).toBe(false);
    expect(isLastingFault(undefined)).toBe(false);
  });
});
