/**
 * Whom a segment holds: conditions on a subscriber, joined by `all`, `any` and `not`. A filter says nothing about who
 * may be written to: status, suppression and acceptance are asked besides it, always.
 */
export type SegmentFilter =
  | { readonly all: readonly SegmentFilter[] }
  | { readonly any: readonly SegmentFilter[] }
  | { readonly not: SegmentFilter }
  | SegmentCondition;

export type SegmentCondition =
  | { readonly field: 'tags'; readonly op: 'hasAny' | 'hasAll' | 'hasNone'; readonly values: readonly string[] }
  | { readonly field: SegmentTextField; readonly op: 'in' | 'notIn'; readonly values: readonly string[] }
  | { readonly field: 'phone'; readonly op: 'exists' | 'missing' }
  | { readonly field: SegmentTimeField; readonly op: 'before' | 'after'; readonly value: string }
  | { readonly field: SegmentTimeField; readonly op: 'withinDays' | 'olderThanDays'; readonly value: number }
  | AttributeCondition;

export type AttributeCondition =
  | { readonly attribute: string; readonly op: 'equals' | 'notEquals'; readonly value: AttributeValue }
  | { readonly attribute: string; readonly op: 'in' | 'notIn'; readonly values: readonly AttributeValue[] }
  | { readonly attribute: string; readonly op: 'atLeast' | 'atMost'; readonly value: number }
  | { readonly attribute: string; readonly op: 'exists' | 'missing' };

export type AttributeValue = string | number | boolean;

/** `language`: `pt` also finds `pt-BR` (RFC 4647, basic filtering). `emailDomain`: in ASCII. */
export const SEGMENT_TEXT_FIELDS = ['language', 'zone', 'emailDomain'] as const;
export type SegmentTextField = (typeof SEGMENT_TEXT_FIELDS)[number];

/** `confirmedAt`: when the person last confirmed; someone who never did matches no condition on it. */
export const SEGMENT_TIME_FIELDS = ['createdAt', 'confirmedAt'] as const;
export type SegmentTimeField = (typeof SEGMENT_TIME_FIELDS)[number];

/** Everyone: the filter of a broadcast that names no segment. */
export const EVERYONE: SegmentFilter = { all: [] };

/** Conditions and joins of one filter. */
export const MAX_SEGMENT_PARTS = 50;
/** Joins inside joins. */
export const MAX_SEGMENT_DEPTH = 5;
/** Values of one condition. */
export const MAX_SEGMENT_VALUES = 100;
/** Characters of one value. */
export const MAX_SEGMENT_TEXT = 500;
/** Days a condition may look back. */
export const MAX_SEGMENT_DAYS = 3_650;
