import { checkObject, checkText, MAX_CAPTION, MAX_TITLE } from '../../../library/domain/post-rules.js';
import type { Wording } from '../../../publishing/domain/targets/frozen-content.js';
import { contentFindings, type Finding } from '../finding.js';

/**
 * Words given to one account or one run that could not be kept; each platform's own limits come later.
 * @param place where they stand in the request, with its dot: `targets.0.`
 */
export const wordFindings = ({ caption, title, options }: Wording, place = ''): Finding[] =>
  contentFindings([
    ...checkText(`${place}caption`, caption, MAX_CAPTION),
    ...checkText(`${place}title`, title, MAX_TITLE),
    ...checkObject(`${place}options`, options),
  ]);
