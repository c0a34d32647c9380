import { encode } from 'uqr';

/** Four modules of white around, as readers expect (ISO/IEC 18004). */
const QUIET_MODULES = 4;

/**
 * A QR code as the path of one SVG element.
 * @returns the side in modules, and one square of the path for each dark one
 */
export const qrPath = (text: string): { readonly size: number; readonly d: string } => {
  const { data, size } = encode(text, { ecc: 'M', border: QUIET_MODULES });
  const squares = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])));
  return { size, d: squares.join('') };
};
