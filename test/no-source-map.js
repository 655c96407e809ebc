// In the place of `source-map`, as in the bundle: Handlebars compiles without it where it is missing, in half the time.
module.exports = {};
