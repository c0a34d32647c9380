import { describe, expect, it } from '@jest/globals';
import { qrPath } from './qr-path.ts';

const OTPAUTH = 'otpauth://totp/Perennial:ada%40example.com?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Perennial';

describe('qrPath', () => {
  it('has the size of a QR version and four white modules on each side', () => {
    const { size, d } = qrPath(OTPAUTH);
    expect((size - 8 - 17) % 4).toBe(0);
    const corners = [...d.matchAll(/M(\d+) (\d+)/g)].map(([, x, y]) => Math.min(Number(x), Number(y)));
    expect(Math.min(...corners)).toBe(4);
  });

  it('begins with the dark corner of the finder pattern', () => {
    expect(qrPath('a').d.startsWith('M4 4h1v1h-1zM5 4')).toBe(true);
  });
});
