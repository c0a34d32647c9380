/** What stands in a `NumberInput`; nothing, or what is no number yet such as a minus alone, is nought. */
export const wholeOf = (typed: number | string): number => Math.trunc(Number(typed)) || 0;
