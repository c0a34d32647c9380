/** Where one post is shown and changed. */
export const postPath = (postId: string): string => `/compose/${postId}`;
