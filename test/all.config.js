// `npm run test:all`: every tier, and every property with all of its values (runs.ts).
process.env.MEISSA_ALL_RUNS = '1';
module.exports = require('../jest.config.js');
