import { describe, expect, it } from '@jest/globals';
import type { BroadcastContent } from '../../domain/sending/broadcast.js';
import { ALL_CLEAR_TEMPLATE, BLACKOUT_TEMPLATE } from '../../domain/notices/notice-templates.js';
import type { TemplateContext } from '../../domain/sending/template.port.js';
import { LiquidTemplates } from './liquid-templates.js';

const templates = new LiquidTemplates();
const content = (given: Partial<BroadcastContent>): BroadcastContent => ({
  subject: 'Hi',
  bodyText: 'Hi',
  bodyHtml: null,
  ...given,
});
const context: TemplateContext = {
  subscriber: { email: 'ana@example.org', language: 'en', zone: null, tags: [], attributes: { name: '<Ana>' } },
  workspace: { name: 'Studio' },
  incident: {
    platform: 'tiktok',
    platformName: 'TikTok',
    region: 'us',
    reason: 'uploads fail',
    openedAt: '2026-01-25T10:00:00.000Z',
    isOpen: true,
  },
  links: [{ platform: 'shorts', platformName: 'YouTube Shorts', title: 'Day 25', url: 'https://y.example/1' }],
  pageUrl: 'https://mail.example.org/pages/tok',
  unsubscribeUrl: 'https://mail.example.org/unsubscribe/tok',
};
const render = (given: Partial<BroadcastContent>, scene: TemplateContext = context) =>
  templates.compile(content(given)).render(scene);
const codeOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    return (error as { code: string }).code;
  }
  return 'none';
};

describe('LiquidTemplates', () => {
  it('escapes values in HTML and nowhere else', () => {
    const template = 'Dear {{ subscriber.attributes.name }}';
    const done = render({ subject: template, bodyText: template, bodyHtml: `<p>${template}</p>` });
    expect(done).toEqual({ subject: 'Dear <Ana>', text: 'Dear <Ana>', html: '<p>Dear &lt;Ana&gt;</p>' });
  });

  it('names every field with a missing variable', () => {
    const broken = { subject: '{{ subscriber.nick }}', bodyText: '{{ incident.colour }}' };
    expect(() => render(broken)).toThrow(
      expect.objectContaining({
        code: 'template.missing_variable',
        violations: [expect.objectContaining({ field: 'subject' }), expect.objectContaining({ field: 'bodyText' })],
      }),
    );
  });

  it('lets a template ask for what may be missing', () => {
    const bodyText =
      "{{ subscriber.attributes.nick | default: 'friend' }}{% if subscriber.attributes.nick %}!{% endif %}";
    expect(render({ bodyText }).text).toBe('friend');
  });

  it.each([
    ['a broken tag', () => templates.compile(content({ bodyText: '{% if %' })), 'template.syntax'],
    ['an unknown filter', () => render({ bodyText: "{{ 'a' | shout }}" }), 'template.syntax'],
    ['a file', () => render({ bodyText: "{% include 'package.json' %}" }), 'template.failed'],
    ['a prototype', () => render({ bodyText: '{{ subscriber.constructor }}' }), 'template.missing_variable'],
    ['endless work', () => render({ bodyText: '{% for i in (1..100000000) %}x{% endfor %}' }), 'template.failed'],
    ['a script link', () => render({ bodyHtml: '<a href="javascript:alert(1)">x</a>' }), 'template.unsafe_link'],
  ])('refuses %s', (_title, work, code) => {
    expect(codeOf(work)).toBe(code);
  });

  it('refuses a subject that a value would break into two headers', () => {
    const evil = { ...context, workspace: { name: 'Studio\r\nBcc: all@example.org' } };
    expect(codeOf(() => render({ subject: '{{ workspace.name }}' }, evil))).toBe('template.header_break');
  });
});

describe('notice templates', () => {
  it('point to the live copies', () => {
    const done = templates.compile(BLACKOUT_TEMPLATE).render(context);
    expect(done.subject).toBe("TikTok is down; today's video is here");
    expect(done.text).toContain('YouTube Shorts: https://y.example/1');
    expect(done.text).toContain(context.unsubscribeUrl);
  });

  it('promise no video while there is none', () => {
    const done = templates.compile(BLACKOUT_TEMPLATE).render({ ...context, links: [] });
    expect(done.subject).toBe('TikTok is down; we are still here');
    expect(templates.compile(ALL_CLEAR_TEMPLATE).render({ ...context, links: [] }).subject).toBe('TikTok is back');
  });
});
