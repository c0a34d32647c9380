import fc from 'fast-check';

/**
 * fast-check with one seed for everybody: what is red or green says something about the commit, not about the draw.
 * `npm run test:properties` plays other seeds (`PROPERTY_SEED`).
 */
const { PROPERTY_SEED = '20260115' } = process.env;
fc.configureGlobal({ seed: Number(PROPERTY_SEED) });

export { fc };
