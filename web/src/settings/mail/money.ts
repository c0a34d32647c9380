/** A currency's millionths, as the API counts money, and what people type. */
const MICROS = 1_000_000;

export const fromMicros = (micros: number): number => micros / MICROS;

/** Whole millionths: 0.0079 has no exact binary form, and the API wants integers. */
export const toMicros = (amount: number | string): number => Math.round(Number(amount) * MICROS);
