// fast-check as tests get it: a property that fails is shrunk for so long and no longer, and CI tries it three times. What it was tried with
// stays unbounded; the seed, the path and the smallest value that was found are told as ever.
const fc = require('../node_modules/fast-check/lib/cjs/fast-check.js');

const SHRINK_MS = Number(process.env.MEISSA_SHRINK_SECONDS ?? 20) * 1000;

function assert(property, parameters) {
  const shrink = property.shrink.bind(property);
  let until;
  property.shrink = (value) => {
    until ??= Date.now() + SHRINK_MS;
    return shrink(value).takeWhile(() => Date.now() < until);
  };
  return fc.assert(property, parameters);
}

const bounded = { ...fc, assert };
module.exports = { ...bounded, __esModule: true, default: bounded };
