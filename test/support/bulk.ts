import { RunImport } from '../../src/planning/application/bulk/run-import.js';
import type { Answer, RoomServer } from './library.js';

/** A multipart form with one CSV. */
export const csvForm = (content: string | Buffer, name = 'posts.csv'): FormData => {
  const form = new FormData();
  const bytes = new Uint8Array(Buffer.from(content as string));
  form.append('file', new Blob([bytes], { type: 'text/csv' }), name);
  return form;
};

/** Files of posts, sent and stored. */
export class Imports {
  constructor(private readonly rooms: RoomServer) {}

  send(content: string | Buffer, query = '', key = this.rooms.key): Promise<Answer> {
    return this.rooms.send('POST', `/v1/posts/import${query}`, { raw: csvForm(content), key });
  }

  /** What a worker does; this process is none. */
  run(id: string, signal?: AbortSignal): Promise<'done' | 'again'> {
    return this.rooms.app.get(RunImport, { strict: false }).runOnce(id, signal);
  }

  async read(id: string) {
    return (await this.rooms.send('GET', `/v1/posts/imports/${id}`)).body;
  }

  async rows(id: string, query = '') {
    return (await this.rooms.send('GET', `/v1/posts/imports/${id}/rows${query}`)).body.items;
  }

  async errorFile(id: string): Promise<string> {
    return (await this.rooms.send('GET', `/v1/posts/imports/${id}/errors.csv`)).body.toString();
  }
}

export const countPosts = async (rooms: RoomServer): Promise<number> =>
  (await rooms.db.database.row<{ count: number }>('select count(*)::int as count from post'))?.count ?? 0;
