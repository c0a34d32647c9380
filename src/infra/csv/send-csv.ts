import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';

/** Streams a CSV as a file to save. A fault in the middle cuts the connection: half a file must not look whole. */
export const sendCsv = async (response: Response, fileName: string, source: Readable): Promise<void> => {
  response.setHeader('Content-Type', 'text/csv; charset=utf-8');
  response.setHeader('Content-Disposition', `attachment; filename="${fileName}"`);
  response.setHeader('Cache-Control', 'no-store');
  await pipeline(source, response).catch((error: unknown) => {
    if (!response.headersSent) throw error;
    response.destroy();
  });
};
