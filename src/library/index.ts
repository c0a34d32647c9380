export { MediaLibrary } from './application/media-library.js';
export { PostLibrary, type PostRef } from './application/post-library.js';
export type { Media } from './domain/media.js';
export type { Listed, ListPlace } from './domain/media-records.port.js';
export type { PostKind, PostSnapshot, PostVariant, PostVariants, StoredPost } from './domain/post-snapshot.js';
export type { NewPost, PostChange, PostFilter } from './domain/posts.port.js';
export { type ByteRange, byteRange } from './http/byte-range.js';
export { LibraryModule } from './library.module.js';
