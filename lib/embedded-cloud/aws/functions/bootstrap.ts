/**
 * What a function's process runs: the part of Lambda's Node.js runtime that a custom resource uses. Plain JavaScript, because the
 * process knows nothing of this program. The event comes on stdin with the function's environment, so that no variable of a template reaches the
 * programs that brought this one here; stdin stays open: when it ends, whoever started this is gone.
 *
 * A function's own waits run on a faster clock, the one that its remaining time is told by: what waits five seconds for a cloud that
 * answers at once need not. The SDK's timers are real.
 */
export const BOOTSTRAP = `'use strict';
const dgram = require('dgram');
const fs = require('fs');
const http = require('http');
const https = require('https');
const { createRequire } = require('module');
const net = require('net');
const path = require('path');
const vm = require('vm');
const { pathToFileURL } = require('url');

// One way leads out: to the embedded cloud, by a socket in the file system where there is no network. Other ways fail at once, as they
// would without this, and say why.
function lead({ url, passage }) {
  const cloud = new URL(url);
  const way = net.Socket.prototype.connect;
  net.Socket.prototype.connect = function (...args) {
    const [options, done] = net._normalizeArgs(Array.isArray(args[0]) ? args[0] : args);
    const there = !options.path && Number(options.port) === Number(cloud.port) && [cloud.hostname, 'localhost'].includes(options.host || 'localhost');
    if (!there) {
      const error = Object.assign(new Error('connect ENETUNREACH ' + (options.path || options.host + ':' + options.port) + ': a function reaches the embedded cloud only'), { code: 'ENETUNREACH' });
      process.nextTick(() => this.destroy(error));
      return this;
    }
    const to = passage ? { ...options, path: passage, host: undefined, port: undefined } : { ...options, host: cloud.hostname };
    return way.call(this, to, ...(done ? [done] : []));
  };
  dgram.createSocket = dgram.Socket = () => {
    throw new Error('ENETUNREACH: a function reaches the embedded cloud only');
  };
  process.kill = () => {
    throw new Error('EPERM: a function ends no process');
  };
  // CloudFormation's address for answers is https; the embedded cloud's isn't.
  const secure = https.request;
  https.request = (...args) => {
    const to = typeof args[0] === 'string' ? new URL(args[0]) : args[0];
    if ((to.hostname || to.host) !== cloud.hostname) return secure(...args);
    if (to instanceof URL) {
      const plain = new URL(to);
      plain.protocol = 'http:';
      plain.port = cloud.port;
      return http.request(plain, ...args.slice(1));
    }
    return http.request({ ...to, protocol: 'http:', port: cloud.port, agent: undefined }, ...args.slice(1));
  };
}

let ended = false;
function end(outcome) {
  if (ended) return;
  ended = true;
  fs.writeSync(3, JSON.stringify(outcome));
  process.exit(0);
}
const failed = (e) => end({ error: e && e.stack ? e.stack : String(e) });
process.on('uncaughtException', failed);
process.on('unhandledRejection', failed);

// Code of the template sees its own setTimeout and setInterval.
function load(file, speed) {
  const own = createRequire(file);
  const timeout = (done, ms, ...more) => setTimeout(done, (ms || 0) / speed, ...more);
  const interval = (done, ms, ...more) => setInterval(done, (ms || 0) / speed, ...more);
  const wait = (ms, value) => new Promise((done) => timeout(done, ms, value));
  const given = (id) =>
    /^(node:)?timers\\/promises$/.test(id) ? { ...own(id), setTimeout: wait } : own(id);
  const module = { exports: {} };
  const names = ['exports', 'require', 'module', '__filename', '__dirname', 'setTimeout', 'setInterval'];
  let compiled;
  try {
    compiled = vm.compileFunction(fs.readFileSync(file, 'utf8'), names, { filename: file, importModuleDynamically: vm.constants && vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER });
  } catch (e) {
    // An ES module: on real time.
    if (e instanceof SyntaxError) return import(pathToFileURL(file).href);
    throw e;
  }
  compiled(module.exports, given, module, file, path.dirname(file), timeout, interval);
  return module.exports;
}

async function main(call) {
  Object.assign(process.env, call.environment);
  process.chdir(call.scratch);
  lead(call);
  // Its time begins here: how long it took to bring it here is not the function's, nor is the loading of fetch at its first use.
  void globalThis.Headers;
  fs.writeSync(3, '\\n');
  const [file, name] = call.handler.split('.');
  const handler = (await load(path.join(__dirname, 'code', file + '.js'), call.speed))[name];
  if (typeof handler !== 'function') throw new Error('Runtime.HandlerNotFound: ' + call.handler + ' is undefined or not exported');
  // "Node.js 24 runtime now available in AWS Lambda": handlers with a callback are gone.
  if (call.major >= 24 && handler.length > 2) throw new Error('Runtime.CallbackHandlerDeprecated: callback-based handlers are not supported');
  const began = Date.now();
  const context = {
    ...call.context,
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, call.timeout * 1000 - (Date.now() - began) * call.speed),
    done: (e) => (e ? failed(e) : end({})),
    succeed: () => end({}),
    fail: failed,
  };
  // A handler that gives no promise ends with its callback, or when nothing is left to do.
  process.once('beforeExit', () => end({}));
  const result = handler(call.event, context, (e) => (e ? failed(e) : end({})));
  if (result && typeof result.then === 'function') {
    await result;
    end({});
  }
}

let text = '';
let begun = false;
process.stdin.setEncoding('utf8');
process.stdin.on('data', (part) => {
  text += part;
  if (begun || !text.includes('\\n')) return;
  begun = true;
  process.stdin.unref();
  main(JSON.parse(text)).catch(failed);
});
process.stdin.on('end', () => process.exit(1));
`;

/** The module that Lambda gives to code in a template ("cfn-response module"). */
export const CFN_RESPONSE = `'use strict';
const https = require('https');
exports.SUCCESS = 'SUCCESS';
exports.FAILED = 'FAILED';
exports.send = function (event, context, responseStatus, responseData, physicalResourceId, noEcho) {
  const body = JSON.stringify({
    Status: responseStatus,
    Reason: 'See the details in CloudWatch Log Stream: ' + context.logStreamName,
    PhysicalResourceId: physicalResourceId || context.logStreamName,
    StackId: event.StackId,
    RequestId: event.RequestId,
    LogicalResourceId: event.LogicalResourceId,
    NoEcho: noEcho || false,
    Data: responseData,
  });
  const to = new URL(event.ResponseURL);
  const options = {
    hostname: to.hostname,
    port: 443,
    path: to.pathname + to.search,
    method: 'PUT',
    headers: { 'content-type': '', 'content-length': Buffer.byteLength(body) },
  };
  const request = https.request(options, () => context.done());
  request.on('error', (e) => context.done(e));
  request.end(body);
};
`;
