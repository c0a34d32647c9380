export { connect, type Connection } from './connect.ts';
export { everyItem } from './every-item.ts';
export { Problem } from '../src/api/problem.ts';
export * from '../src/api/generated/index.ts';
