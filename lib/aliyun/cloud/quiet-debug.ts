/**
 * Keeps request bodies and headers off stderr when somebody runs with `DEBUG=*`: httpx (under pop-core) prints whole signed bodies,
 * ali-oss and urllib print the headers that hold the authorization and the security token. Imported before either of them, for what
 * it does: their `debug` package reads the variable once, when it is loaded.
 */
const LOUD = ['httpx*', 'ali-oss*', 'urllib*'];

if (process.env.DEBUG) {
  process.env.DEBUG = [process.env.DEBUG, ...LOUD.map((name) => `-${name}`)].join(',');
}
