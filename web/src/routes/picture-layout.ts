import type { Flow } from './flows.ts';

/** A box of the picture; units of the drawing. */
export interface Box {
  /** An account's id; empty for "nowhere". */
  readonly id: string;
  readonly x: number;
  readonly y: number;
  /** Posts that leave or arrive. */
  readonly count: number;
}

/** A band between two boxes, as the `d` of a path. */
export interface Band {
  readonly key: string;
  readonly d: string;
  readonly width: number;
  readonly isNowhere: boolean;
  /** Nothing is due: it only shows the way. */
  readonly isIdle: boolean;
  readonly count: number;
  /** Where the number stands. */
  readonly label: { readonly x: number; readonly y: number };
}

export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly left: readonly Box[];
  readonly right: readonly Box[];
  readonly bands: readonly Band[];
}

export const BOX = { width: 250, height: 56 } as const;
const WIDTH = 900;
const STEP = BOX.height + 16;
const EDGE = 4;
const THIN = 2;
const THICK = 16;

/**
 * Places for a picture of who goes where: origins on the left, destinations on the right, "nowhere" last; bands as thick as
 * their share of the fullest.
 */
export const layOut = (flows: readonly Flow[]): Picture => {
  const leftIds = [...new Set(flows.map(({ fromId }) => fromId))];
  const rightIds = [...new Set(flows.flatMap(({ toId }) => toId ?? []))];
  if (flows.some(({ toId }) => toId === undefined)) rightIds.push('');
  const sum = (fits: (flow: Flow) => boolean): number =>
    flows.filter(fits).reduce((total, { count }) => total + count, 0);
  const height = Math.max(leftIds.length, rightIds.length, 1) * STEP - (STEP - BOX.height) + 2 * EDGE;
  const column = (ids: readonly string[], x: number, countOf: (id: string) => number): Box[] => {
    const top = (height - (ids.length * STEP - (STEP - BOX.height))) / 2;
    return ids.map((id, index) => ({ id, x, y: top + index * STEP, count: countOf(id) }));
  };
  const left = column(leftIds, EDGE, (id) => sum(({ fromId }) => fromId === id));
  const right = column(rightIds, WIDTH - EDGE - BOX.width, (id) => sum(({ toId = '' }) => toId === id));
  const most = Math.max(1, ...flows.map(({ count }) => count));
  return { width: WIDTH, height, left, right, bands: flows.map((flow) => bandOf(flow, left, right, most)) };
};

const bandOf = (
  { fromId, toId = '', count }: Flow,
  left: readonly Box[],
  right: readonly Box[],
  most: number,
): Band => {
  const startX = EDGE + BOX.width;
  const endX = WIDTH - EDGE - BOX.width;
  const middle = (boxes: readonly Box[], id: string): number =>
    (boxes.find((box) => box.id === id)?.y ?? 0) + BOX.height / 2;
  const startY = middle(left, fromId);
  const endY = middle(right, toId);
  const halfX = (startX + endX) / 2;
  return {
    key: `${fromId} ${toId}`,
    d: `M${startX},${startY} C${halfX},${startY} ${halfX},${endY} ${endX},${endY}`,
    width: Math.max(THIN, (count / most) * THICK),
    isNowhere: toId === '',
    isIdle: count === 0,
    count,
    label: { x: startX + (endX - startX) * 0.82, y: endY + (startY - endY) * 0.09 },
  };
};
