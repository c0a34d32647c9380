import { describe, expect, it } from '@jest/globals';
import { outcomeOfFailure } from './mail-outcome.js';

const failure = (code: string, command: string, responseCode?: number) => ({
  code,
  command,
  message: 'failed',
  ...(responseCode ? { responseCode, response: `${responseCode} no` } : {}),
});

describe('outcomeOfFailure', () => {
  it.each([
    ['RCPT TO', 550, 'permanent'],
    ['RCPT TO', 450, 'temporary'],
    ['DATA', 554, 'permanent'],
    ['DATA', 451, 'temporary'],
  ] as const)('at %s %d says the message is refused, %s', (command, responseCode, lasting) => {
    const outcome = outcomeOfFailure(failure('EENVELOPE', command, responseCode), false);
    expect(outcome).toMatchObject({ kind: 'refused', lasting, stage: 'message', code: responseCode });
  });

  it.each([
    failure('ECONNECTION', 'CONN'),
    failure('ETIMEDOUT', 'CONN'),
    failure('EDNS', 'CONN'),
    failure('EAUTH', 'AUTH PLAIN', 535),
    failure('EENVELOPE', 'MAIL FROM', 530),
    failure('ECONNECTION', 'CONN', 421),
  ])('before the body left, $code at $command is trouble of the route', (found) => {
    expect(outcomeOfFailure(found, false)).toMatchObject({ kind: 'refused', lasting: 'temporary', stage: 'route' });
  });

  it.each([failure('ECONNECTION', 'CONN'), failure('ETIMEDOUT', 'CONN'), failure('ECONNECTION', 'CONN', 421)])(
    'after the body left, $code at $command is unknown',
    (found) => {
      expect(outcomeOfFailure(found, true).kind).toBe('unknown');
    },
  );

  it('takes an answer to the body for what it says', () => {
    const outcome = outcomeOfFailure(failure('EMESSAGE', 'DATA', 452), true);
    expect(outcome).toMatchObject({ kind: 'refused', lasting: 'temporary', stage: 'message' });
  });

  it('does not try an address again that nodemailer itself refuses', () => {
    expect(outcomeOfFailure(failure('EENVELOPE', 'API'), false)).toMatchObject({ lasting: 'permanent' });
  });
});
