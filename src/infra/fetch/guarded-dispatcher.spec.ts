import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { assertPublicUrl, createGuardedDispatcher } from './guarded-dispatcher.js';

const strict = { allow: [] };

describe('which URLs a user may name', () => {
  it.each([
    ['the loopback address', 'https://127.0.0.1/'],
    ['the same as one decimal number', 'https://2130706433/'],
    ['the same in octal', 'https://0177.0.0.1/'],
    ['the same in hex', 'https://0x7f.1/'],
    ['the same with parts left out', 'https://127.1/'],
    ['the same in full-width digits', 'https://１２７.0.0.1/'],
    ['the address of every interface', 'https://0/'],
    ['the metadata address', 'https://169.254.169.254/latest/meta-data'],
    ['the metadata address as a number', 'https://2852039166/'],
    ['IPv6 loopback', 'https://[::1]/'],
    ['IPv4 inside IPv6', 'https://[::ffff:127.0.0.1]/'],
    ['IPv4 inside IPv6, the old way', 'https://[::127.0.0.1]/'],
    ['IPv4 behind a translator', 'https://[64:ff9b::7f00:1]/'],
    ['a link-local address', 'https://[fe80::1]/'],
    ['the metadata address of IPv6', 'https://[fd00:ec2::254]/'],
    ['no TLS', 'http://example.com/'],
    ['a user name', 'https://me@example.com/'],
    ['another protocol', 'file:///etc/passwd'],
    ['no URL at all', 'example.com/a.mp4'],
  ])('refuses %s', (_, url) => {
    expect(() => assertPublicUrl(url, strict)).toThrow(expect.objectContaining({ code: 'url.refused' }));
  });

  it('takes a public https address, whatever its port', () => {
    expect(assertPublicUrl('https://cdn.example.com:8443/a.mp4?x=1', strict).port).toBe('8443');
    expect(assertPublicUrl('https://[2606:2800:21f:cb07:6820:80da:af6b:8b2c]/', strict).protocol).toBe('https:');
  });

  it('takes what the operator has named', () => {
    expect(assertPublicUrl('http://127.0.0.1:9/', { allow: ['127.0.0.0/8'] }).port).toBe('9');
    expect(assertPublicUrl('http://pds.lan/', { allow: ['pds.lan'] }).hostname).toBe('pds.lan');
  });
});

describe('where a guarded connection leads', () => {
  let server: Server;
  let asked = 0;
  const listen = async (): Promise<number> => {
    asked = 0;
    server = createServer((_, response) => {
      asked += 1;
      response.end('here');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return (server.address() as AddressInfo).port;
  };
  afterEach(() => new Promise((resolve) => server.close(resolve)));

  it.each(['127.0.0.1', 'localhost', '[::ffff:127.0.0.1]'])('never dials %s', async (host) => {
    const origin = `http://${host}:${await listen()}`;
    const door = createGuardedDispatcher(strict);
    await expect(door.request({ origin, path: '/', method: 'GET' })).rejects.toMatchObject({
      code: 'ERR_ADDRESS_REFUSED',
    });
    expect(asked).toBe(0);
    await door.destroy();
  });

  it('refuses a name when one of its addresses is private', async () => {
    const port = await listen();
    const addresses = ['93.184.215.14', '127.0.0.1'].map((address) => ({ address, family: 4 }));
    const door = createGuardedDispatcher(strict, {}, (_, _options, answer) => answer(null, addresses));
    await expect(door.request({ origin: `http://two.test:${port}`, path: '/', method: 'GET' })).rejects.toMatchObject({
      code: 'ERR_ADDRESS_REFUSED',
    });
    await door.destroy();
  });

  it('dials the address it has judged, so a name that changes its mind gains nothing', async () => {
    const port = await listen();
    const answers = ['127.0.0.1', '10.0.0.1', '10.0.0.1'];
    const door = createGuardedDispatcher({ allow: ['127.0.0.1/32'] }, {}, (_, _options, answer) =>
      answer(null, [{ address: answers.shift() ?? '', family: 4 }]),
    );
    const call = { origin: `http://changing.test:${port}`, path: '/', method: 'GET', reset: true } as const;
    expect(await (await door.request(call)).body.text()).toBe('here');
    expect(answers).toHaveLength(2);
    await expect(door.request(call)).rejects.toMatchObject({ code: 'ERR_ADDRESS_REFUSED' });
    expect(asked).toBe(1);
    await door.destroy();
  });

  it.each([['127.0.0.1/32'], ['localhost']])('dials what the operator has opened: %s', async (entry) => {
    const origin = `http://${entry === 'localhost' ? 'localhost' : '127.0.0.1'}:${await listen()}`;
    const door = createGuardedDispatcher({ allow: [entry] });
    const answer = await door.request({ origin, path: '/', method: 'GET' });
    expect(await answer.body.text()).toBe('here');
    await door.destroy();
  });
});
