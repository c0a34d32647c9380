import { describe, expect, it } from '@jest/globals';
import { isAllowedHost, mayConnect } from './public-address.js';

const strict = { allow: [] };

describe('which addresses user-given URLs may reach', () => {
  it.each(['93.184.215.14', '2606:2800:21f:cb07:6820:80da:af6b:8b2c'])('reaches %s', (ip) => {
    expect(mayConnect(ip, strict)).toBe(true);
  });

  it.each([
    '127.0.0.1',
    '10.1.2.3',
    '172.16.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
    '::1',
    '::',
    'fe80::1',
    'fd00::1',
    '::ffff:127.0.0.1',
    '::ffff:a9fe:a9fe',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    '::7f00:1',
    '::a9fe:a9fe',
    '::ffff:0:7f00:1',
    '64:ff9b:1::7f00:1',
    '2001:0:7f00:1::',
    'fec0::1',
    'fd00:ec2::254',
    '100.100.100.200',
    '168.63.129.16',
    '198.18.0.1',
    'not an address',
  ])('never reaches %s', (ip) => {
    expect(mayConnect(ip, strict)).toBe(false);
  });

  it('lets an operator open a network or a host', () => {
    expect(mayConnect('127.0.0.1', { allow: ['127.0.0.1/32'] })).toBe(true);
    expect(mayConnect('127.0.0.2', { allow: ['127.0.0.1/32'] })).toBe(false);
    expect(isAllowedHost('PDS.lan', { allow: ['pds.lan'] })).toBe(true);
  });
});
