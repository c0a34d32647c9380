import { describe, expect, it } from '@jest/globals';
import { DELIVERY_CLASSES } from './delivery-class.js';
import type { NewDeliveryReport } from './delivery-reports.port.js';
import { consequenceOf } from './pause.policy.js';

const report = (more: Partial<NewDeliveryReport>): NewDeliveryReport => ({
  workspaceId: 'w',
  broadcastId: 'b',
  subscriberId: 's',
  kind: 'bounce',
  deliveryClass: 'transient',
  isFinal: true,
  source: 'mail',
  domain: 'x.example',
  evidence: '',
  reportKey: 'k',
  ...more,
});
const often = { bounces: 5, broadcasts: 3 };

describe('consequenceOf', () => {
  it('takes off the list for final hard bounces and complaints, and for no other class', () => {
    const off = DELIVERY_CLASSES.filter(
      (deliveryClass) => consequenceOf(report({ deliveryClass }), { bounces: 0, broadcasts: 0 }) === 'bounced',
    );
    expect(off).toEqual(['hard-address', 'hard-domain']);
    expect(consequenceOf(report({ kind: 'complaint', deliveryClass: null }), often)).toBe('complained');
    expect(consequenceOf(report({ deliveryClass: 'hard-address', isFinal: false }), often)).toBe('none');
  });

  it('never pauses a person because of what is said of us or of the message', () => {
    for (const deliveryClass of ['policy', 'content', 'auto-reply', 'challenge'] as const)
      expect(consequenceOf(report({ deliveryClass }), { bounces: 99, broadcasts: 99 })).toBe('none');
  });

  it('pauses after five soft bounces over three broadcasts, not before', () => {
    expect(consequenceOf(report({}), often)).toBe('paused');
    expect(consequenceOf(report({}), { bounces: 4, broadcasts: 4 })).toBe('none');
    expect(consequenceOf(report({}), { bounces: 9, broadcasts: 2 })).toBe('none');
    expect(consequenceOf(report({ isFinal: false }), often)).toBe('none');
  });
});
