import { describe, expect, it } from '@jest/globals';
import { campaignName, campaignOf, UNSUBSCRIBE_PLACE } from './campaign.js';

describe('campaignOf', () => {
  it("puts listmonk's own way out where the reader's was", () => {
    const campaign = campaignOf('b1', { subject: 'Down', text: `Leave: ${UNSUBSCRIBE_PLACE}` });
    expect(campaign).toEqual({
      name: campaignName('b1'),
      subject: 'Down',
      contentType: 'plain',
      body: 'Leave: {{ UnsubscribeURL }}',
      altBody: undefined,
    });
  });

  it('lets no brace of a caption run as a template there', () => {
    const campaign = campaignOf('b1', { subject: '{{ .Env }}', text: 'plain {{ x }}', html: '<p>{{ y }}</p>' });
    expect(campaign.subject).toBe('{{ "{{" }} .Env }}');
    expect(campaign).toMatchObject({
      contentType: 'html',
      body: '<p>{{ "{{" }} y }}</p>',
      altBody: 'plain {{ "{{" }} x }}',
    });
  });
});
