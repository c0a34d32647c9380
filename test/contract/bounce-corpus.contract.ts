import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { classifyInbound } from '../../src/audience/domain/bounces/classify-inbound.js';

interface Sample {
  readonly name: string;
  readonly expected: string;
  readonly raw: Buffer;
}

const FOLDER = new URL('../fixtures/bounces/', import.meta.url);

/** A file holds messages, each behind a line `#### name | class`. */
const samplesIn = (part: string): Sample[] =>
  readdirSync(new URL(`${part}/`, FOLDER))
    .filter((file) => file.endsWith('.txt'))
    .flatMap((file) =>
      readFileSync(new URL(`${part}/${file}`, FOLDER), 'utf8')
        .split(/^#### /m)
        .slice(1)
        .map((block) => {
          const end = block.indexOf('\n');
          const [name = '', expected = ''] = block.slice(0, end).split(' | ');
          const raw = Buffer.from(block.slice(end + 1).replaceAll('\n', '\r\n'));
          return { name: `${file}: ${name}`, expected: expected.trim(), raw };
        }),
    );

const found = ({ raw }: Sample): string => {
  const { finding } = classifyInbound(raw);
  return finding.kind === 'bounce' ? finding.deliveryClass : finding.kind;
};

const takesOff = ({ raw }: Sample): boolean => {
  const { finding } = classifyInbound(raw);
  return finding.kind === 'bounce' && finding.isFinal && finding.deliveryClass.startsWith('hard');
};

const HELD_OUT = samplesIn('held-out');
const ALL = [...HELD_OUT, ...samplesIn('known')];

describe('the corpus of bounces and complaints', () => {
  it('is large enough to mean something', () => {
    expect(ALL.length).toBeGreaterThanOrEqual(60);
    expect(HELD_OUT.length).toBeGreaterThanOrEqual(20);
    expect(new Set(ALL.map(({ name }) => name)).size).toBe(ALL.length);
  });

  it.each([
    ['all of it', ALL],
    ['the part that was written before the classifier', HELD_OUT],
  ])('is told apart rightly in at least 98 of 100: %s', (_, samples) => {
    const wrong = samples
      .filter((sample) => found(sample) !== sample.expected)
      .map((sample) => `${sample.name}: ${found(sample)}, not ${sample.expected}`);
    expect({ wrong, ratio: 1 - wrong.length / samples.length >= 0.98 }).toEqual({ wrong, ratio: true });
  });

  it('takes nobody off the list who can be reached', () => {
    const wrong = ALL.filter((sample) => takesOff(sample) && !sample.expected.startsWith('hard'));
    expect(wrong.map(({ name }) => name)).toEqual([]);
  });

  it('takes off the list every person who cannot', () => {
    const missed = ALL.filter((sample) => sample.expected.startsWith('hard') && !takesOff(sample));
    expect(missed.map(({ name }) => name)).toEqual([]);
  });

  it('finds our own mail in whatever returns it', () => {
    const named = ALL.filter(({ raw }) => raw.includes('Message-ID: <0199c1d2-7a00'));
    const lost = named.filter(
      ({ raw }) => !classifyInbound(raw).traces.messageIds.some((id) => id.startsWith('<0199c1d2')),
    );
    expect(named.length).toBeGreaterThan(40);
    expect(lost.map(({ name }) => name)).toEqual([]);
  });
});
