import { useMemo } from 'react';
import { qrPath } from './qr-path.ts';

const SIDE_PX = 200;

/** Black on white in either scheme: many readers cannot see it the other way round. */
export const QrCode = ({ text, label }: { readonly text: string; readonly label: string }) => {
  const { size, d } = useMemo(() => qrPath(text), [text]);
  return (
    <svg
      role="img"
      aria-label={label}
      width={SIDE_PX}
      height={SIDE_PX}
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
    >
      <rect width={size} height={size} fill="white" />
      <path d={d} fill="black" />
    </svg>
  );
};
