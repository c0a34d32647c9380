import { describe, expect, it } from '@jest/globals';
import { readMail } from './read-mail.js';

describe('readMail', () => {
  it('finds the plain text in nested multiparts and decodes words in the subject', () => {
    const mail = readMail(
      Buffer.from(
        [
          'Message-ID: <1@example.com>',
          'Subject: =?UTF-8?Q?Gr=C3=BC=C3=9Fe?= an',
          ' alle',
          'Content-Type: multipart/mixed; boundary="o"',
          '',
          '--o',
          'Content-Type: multipart/alternative; boundary=i',
          '',
          '--i',
          'Content-Type: text/html',
          '',
          '<p>no</p>',
          '--i',
          'Content-Type: text/plain; charset=utf-8',
          'Content-Transfer-Encoding: quoted-printable',
          '',
          'Gr=C3=BC=C3=9Fe, https://x.example/?t=3D=',
          '1',
          '--i--',
          '--o--',
        ].join('\r\n'),
      ),
    );
    expect(mail).toMatchObject({ messageId: '<1@example.com>', subject: 'Grüße an alle' });
    expect(mail.text?.trim()).toBe('Grüße, https://x.example/?t=1');
  });
});
