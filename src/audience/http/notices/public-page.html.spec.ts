import { describe, expect, it } from '@jest/globals';
import { runInNewContext } from 'node:vm';
import { LINKS_PAGE_SCRIPT, linksHtml, noticeHtml, PAGE_POLICY } from './public-page.html.js';

const at = new Date('2026-01-28T10:00:00Z');
const page = {
  workspaceName: 'Studio <b>',
  troubled: [{ platformName: 'TikTok', region: 'us', since: at }],
  videos: [
    {
      title: '<script>alert(1)</script>',
      publishedAt: at,
      places: [{ platform: 'shorts', platformName: 'YouTube Shorts', url: 'https://shorts.example/"onclick=x' }],
    },
  ],
  notices: [{ id: 'n', kind: 'blackout' as const, platformName: 'TikTok', sentAt: at }],
};

describe('the page of links', () => {
  const html = linksHtml(page, (id) => `https://us.example/notices/${id}`);

  it('shows trouble, every place of a video and what was written', () => {
    expect(html).toContain('TikTok has trouble');
    expect(html).toContain('>YouTube Shorts</a>');
    expect(html).toContain('<a href="https://us.example/notices/n">TikTok is down</a>');
  });

  it('lets no word of others become a tag or an attribute', () => {
    expect(html).not.toContain('<script>alert');
    expect(html).not.toMatch(/href="[^"]*"onclick/);
    expect(html).toContain('Studio &lt;b&gt;');
  });

  it('can be read by everyone: language, one heading, places to jump to, no time limit', () => {
    expect(html).toContain('<html lang="en">');
    expect(html.match(/<h1>/g)).toHaveLength(1);
    expect(html).toMatch(/<main>[\s\S]*<nav aria-labelledby="sent">[\s\S]*role="status"/);
    expect(html).not.toContain('http-equiv="refresh"');
  });

  it('loads nothing from anywhere else and sends nothing', () => {
    expect(html).not.toMatch(/<(img|iframe|link|form)\b/);
    expect(PAGE_POLICY).toContain("default-src 'none'");
    expect(PAGE_POLICY).toMatch(/style-src 'sha256-[\w+/]{43}='/);
  });
});

describe('a notice in the archive', () => {
  it('shows its text with working links', () => {
    const text = 'It is here:\n\nShorts: https://shorts.example/v1 <now>';
    const html = noticeHtml({
      workspaceName: 'Studio',
      subject: 'Down',
      text,
      sentAt: at,
      linksUrl: 'https://us.example/now/t',
    });
    expect(html).toContain(
      '<a href="https://shorts.example/v1" rel="noopener noreferrer nofollow">https://shorts.example/v1</a> &lt;now&gt;',
    );
    expect(html).toContain('href="https://us.example/now/t"');
  });
});

describe('the script of the page', () => {
  /** A browser as far as the script knows one; answers what is shown, said, and asked. */
  const browser = (answers: readonly { status: number; etag: string; main: string }[]) => {
    const main = { innerHTML: 'old', replaceChildren: (next: string) => void (main.innerHTML = next) };
    const status = { textContent: '' };
    const asked: unknown[] = [];
    let tick = (): Promise<void> => Promise.resolve();
    const queue = [...answers];
    runInNewContext(LINKS_PAGE_SCRIPT, {
      location: { href: '/now/t' },
      document: {
        hidden: false,
        querySelector: (what: string) => (what === 'main' ? main : status),
        addEventListener: () => undefined,
      },
      setInterval: (look: typeof tick) => void (tick = look),
      DOMParser: class {
        parseFromString = (text: string) => ({ querySelector: () => ({ innerHTML: text, childNodes: [text] }) });
      },
      fetch: (_url: string, { headers }: { headers: unknown }) => {
        asked.push(headers);
        const next = queue.shift();
        if (!next) return Promise.reject(new Error('offline'));
        const { etag, main: text } = next;
        return Promise.resolve({
          status: next.status,
          headers: { get: () => etag },
          text: () => Promise.resolve(text),
        });
      },
    });
    return { main, status, asked, tick: () => tick() };
  };

  it('replaces the links when they changed, says so, and asks only for what is new', async () => {
    const page = browser([
      { status: 200, etag: '"a"', main: 'old' },
      { status: 304, etag: '"a"', main: '' },
      { status: 200, etag: '"b"', main: 'new' },
    ]);
    await page.tick();
    await page.tick();
    expect([page.main.innerHTML, page.status.textContent]).toEqual(['old', '']);
    await page.tick();
    expect([page.main.innerHTML, page.status.textContent]).toEqual(['new', 'The links were updated.']);
    expect(page.asked).toEqual([{}, { 'If-None-Match': '"a"' }, { 'If-None-Match': '"a"' }]);
  });

  it('keeps what it shows while nobody answers', async () => {
    const page = browser([]);
    await page.tick();
    expect(page.main.innerHTML).toBe('old');
  });
});
