import { describe, expect, it } from '@jest/globals';
import { mjmlAsHtml } from './mjml-content.js';

describe('MJML as HTML', () => {
  it('has its readers fetch nothing, not even a font', async () => {
    const html = await mjmlAsHtml(
      '<mjml><mj-body><mj-section><mj-column><mj-text font-family="Roboto">Tea</mj-text></mj-column></mj-section></mj-body></mjml>',
    );
    expect(html).toContain('Tea');
    expect(html).not.toMatch(/@import|<link|https?:\/\/(?!www\.w3\.org)/);
  });
});
