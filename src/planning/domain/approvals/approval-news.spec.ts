import { describe, expect, it } from '@jest/globals';
import { APPROVING_ROLES, newsOf } from './approval-news.js';

const PAYLOAD = {
  targetId: 't',
  postId: 'p',
  actor: 'member:m',
  scheduledAt: '2026-12-01T10:00:00.000Z',
  status: 'held',
};
const event = (type: string, more: object = {}) => ({ type, workspaceId: 'w', payload: { ...PAYLOAD, ...more } });

describe('news of approvals', () => {
  it('are what was asked, said, and left unsaid until it was too late', () => {
    expect(newsOf(event('approval.rejected', { comment: 'Too loud' }))).toEqual({
      ...{ kind: 'rejected', workspaceId: 'w', targetId: 't', postId: 'p', actor: 'member:m', comment: 'Too loud' },
      scheduledAt: new Date('2026-12-01T10:00:00Z'),
    });
    expect(newsOf(event('approval.requested'))).not.toHaveProperty('comment');
    expect(newsOf(event('post.missed', { cause: 'unapproved' }))?.kind).toBe('expired');
  });

  it('are nothing else that happens to posts, nor what is of no workspace', () => {
    for (const type of ['post.missed', 'post.scheduled', 'post.published']) expect(newsOf(event(type))).toBeUndefined();
    expect(newsOf({ ...event('approval.given'), workspaceId: null })).toBeUndefined();
  });

  it('that ask go to those who may approve', () => {
    expect(APPROVING_ROLES).toEqual(['owner', 'approver']);
  });
});
