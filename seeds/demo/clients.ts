import { openAsBlob } from 'node:fs';

const request = async <T>(method: string, url: string, body: unknown, headers: Record<string, string>): Promise<T> => {
  const isForm = body instanceof FormData;
  const response = await fetch(url, {
    method,
    headers: { ...headers, ...(body === undefined || isForm ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${url}: ${response.status} ${text}`);
  return (text === '' ? undefined : JSON.parse(text)) as T;
};

export type Call = <T = Record<string, unknown>>(method: string, path: string, body?: unknown) => Promise<T>;

/** Our API with a key. */
export const apiClient = (url: string, key: string): Call => {
  return (method, path, body) => request(method, `${url}${path}`, body, { authorization: `Bearer ${key}` });
};

/** The sandbox's control API. */
export const sandboxClient = (controlUrl: string): Call => {
  return (method, path, body) => request(method, `${controlUrl}/__sim/${path}`, body, {});
};

/** A file as our API takes it. */
export const fileForm = async (path: string, name: string): Promise<FormData> => {
  const form = new FormData();
  form.set('file', await openAsBlob(path, { type: 'video/mp4' }), name);
  return form;
};
