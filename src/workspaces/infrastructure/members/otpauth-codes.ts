import { Injectable } from '@nestjs/common';
import { Secret, TOTP } from 'otpauth';
import { TotpCodes } from '../../domain/members/totp-codes.port.js';

const ISSUER = 'Perennial';
/** RFC 4226, 4 R6: at least 128 bits, 160 are recommended. */
const SECRET_BYTES = 20;
/** RFC 6238, 5.2: one step either way for the way of the message and clocks. */
const WINDOW_STEPS = 1;
const SHAPE = /^\d{6}$/;

@Injectable()
export class OtpauthCodes extends TotpCodes {
  newSecret(): string {
    return new Secret({ size: SECRET_BYTES }).base32;
  }

  urlOf(secret: string, label: string): string {
    return totpOf(secret, label).toString();
  }

  stepOf(secret: string, typed: string, now: Date): number | undefined {
    const token = typed.replace(/\s/g, '');
    if (!SHAPE.test(token)) return undefined;
    const timestamp = now.getTime();
    const totp = totpOf(secret, '');
    const away = totp.validate({ token, timestamp, window: WINDOW_STEPS });
    return away === null ? undefined : totp.counter({ timestamp }) + away;
  }
}

const totpOf = (secret: string, label: string): TOTP =>
  new TOTP({ issuer: ISSUER, label, secret: Secret.fromBase32(secret) });
