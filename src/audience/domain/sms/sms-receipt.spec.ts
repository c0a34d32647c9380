import { describe, expect, it } from '@jest/globals';
import { meansDeadNumber, receiptState, saysMore, SMS_RECEIPTS } from './sms-receipt.js';

describe('receipts', () => {
  it('move forward only, whatever order they come in', () => {
    for (const [index, known] of SMS_RECEIPTS.entries())
      for (const [other, next] of SMS_RECEIPTS.entries()) expect(saysMore(known, next)).toBe(other > index);
    expect(saysMore(null, 'queued')).toBe(true);
  });

  it('are read in the words of the provider; other words are none', () => {
    expect(['accepted', 'delivered', 'read', 'receiving', ''].map(receiptState)).toEqual([
      'queued',
      'delivered',
      'delivered',
      undefined,
      undefined,
    ]);
  });

  it('take a number off the list only where it can never be texted', () => {
    expect(['30006', '21614', '30005', '30003', undefined].map(meansDeadNumber)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
  });
});
