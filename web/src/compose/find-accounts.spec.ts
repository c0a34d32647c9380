import { describe, expect, it } from '@jest/globals';
import { accountsFor } from './find-accounts.ts';

const account = (id: string, displayName: string, platform: 'tiktok' | 'shorts' | 'discord') => ({
  ...{ id, displayName, platform },
});
const ALL = [
  account('1', 'Tea house', 'shorts'),
  account('2', 'Bread', 'tiktok'),
  account('3', 'Tea house', 'tiktok'),
  account('4', 'Garden', 'discord'),
];
const found = (wanted: string, chosen: string[] = []) => accountsFor(wanted, ALL, chosen).map(({ id }) => id);

describe('accountsFor', () => {
  it('puts accounts of one platform together, by name', () => {
    expect(found('')).toEqual(['2', '3', '1', '4']);
  });

  it('finds by words of name and platform, and never hides what is chosen', () => {
    expect(found('tea tiktok')).toEqual(['3']);
    expect(found('TEA', ['4'])).toEqual(['3', '1', '4']);
  });
});
