/** What is known of a person besides the fixed fields; templates and segments read it. */
export type Attributes = Readonly<Record<string, string | number | boolean>>;

/** Attributes of one person. */
export const MAX_ATTRIBUTES = 50;
/** Characters of one attribute. */
export const MAX_ATTRIBUTE_TEXT = 500;
/** Tags of one person, and characters of one. */
export const MAX_TAGS = 50;
export const MAX_TAG_TEXT = 50;

const NAME = /^[A-Za-z_]\w{0,49}$/;
/** Names that templates or objects understand in their own way. */
const RESERVED = ['__proto__', 'constructor', 'prototype'];

/** A letter or `_`, then letters, digits and `_`; at most 50. */
export const isAttributeName = (name: string): boolean => NAME.test(name) && !RESERVED.includes(name);

export const isAttributeValue = (value: unknown): value is string | number | boolean =>
  typeof value === 'string' ? value.length <= MAX_ATTRIBUTE_TEXT : typeof value === 'boolean' || Number.isFinite(value);

export const ATTRIBUTE_TYPES = ['text', 'number', 'boolean'] as const;
export type AttributeType = (typeof ATTRIBUTE_TYPES)[number];

const NUMBER = /^[+-]?\d{1,15}(\.\d{1,15})?$/;
const YES = ['true', 'yes', '1'];
const NO = ['false', 'no', '0'];

/**
 * The value that a cell of a file stands for.
 * @returns undefined when it is no such value; decimal commas are none, since `1,500` means two things
 */
export const readAttribute = (cell: string, type: AttributeType): string | number | boolean | undefined => {
  switch (type) {
    case 'text':
      return cell.length <= MAX_ATTRIBUTE_TEXT ? cell : undefined;
    case 'number':
      return NUMBER.test(cell) ? Number(cell) : undefined;
    case 'boolean': {
      const word = cell.toLowerCase();
      if (YES.includes(word)) return true;
      return NO.includes(word) ? false : undefined;
    }
  }
};
