import { describe, expect, it } from '@jest/globals';
import type { Call } from './call.js';
import { factsOf, readMultipart } from './multipart.js';

const callWith = (contentType: string): Call =>
  ({ request: { headers: { 'content-type': contentType } } }) as unknown as Call;

const encode = async (form: FormData): Promise<{ call: Call; body: Buffer }> => {
  const request = new Request('http://sandbox', { method: 'POST', body: form });
  const call = callWith(request.headers.get('content-type') ?? '');
  return { call, body: Buffer.from(await request.arrayBuffer()) };
};

describe('readMultipart', () => {
  it('reads fields and the very bytes of a file', async () => {
    const bytes = Buffer.from([0, 13, 10, 45, 45, 255, 13, 10]);
    const form = new FormData();
    form.set('payload_json', '{"content":"Süppchen"}');
    form.set('files[0]', new Blob([bytes], { type: 'video/mp4' }), 'video.mp4');
    const { call, body } = await encode(form);
    const read = readMultipart(call, body);
    expect(read?.fields).toEqual({ payload_json: '{"content":"Süppchen"}' });
    expect(read?.files).toMatchObject([{ field: 'files[0]', fileName: 'video.mp4', contentType: 'video/mp4' }]);
    expect(read?.files[0]?.bytes.equals(bytes)).toBe(true);
    expect(factsOf(read?.files[0])).toMatchObject({ bytes: 8 });
  });

  it('refuses a body that ends too early', async () => {
    const form = new FormData();
    form.set('a', '1');
    const { call, body } = await encode(form);
    expect(readMultipart(call, body.subarray(0, body.length - 6))).toBeUndefined();
    expect(readMultipart(callWith('text/plain'), body)).toBeUndefined();
  });
});
