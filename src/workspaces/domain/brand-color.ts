/** WCAG 2.2, relative luminance, 0 (black) to 1 (white). @param color `#rrggbb` */
const luminanceOf = (color: string): number => {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};

/**
 * Black or white, whichever is easier to read on a colour; the contrast is at least 4.58 whatever the colour.
 * @param color `#rrggbb`
 */
export const inkOn = (color: string): '#000000' | '#ffffff' => {
  const luminance = luminanceOf(color);
  return (luminance + 0.05) / 0.05 >= 1.05 / (luminance + 0.05) ? '#000000' : '#ffffff';
};
