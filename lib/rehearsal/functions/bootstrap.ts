/**
 * What a function's process runs: the part of Lambda's Node.js runtime that a custom resource uses. Plain JavaScript, because the
 * process knows nothing of this program. The event comes on stdin, which stays open: when it ends, whoever started this is gone.
 */
export const BOOTSTRAP = `'use strict';
const fs = require('fs');
const http = require('http');
const https = require('https');
const path = require('path');
const { pathToFileURL } = require('url');

// CloudFormation's address for answers is https; the embedded cloud's isn't.
const cloud = new URL(process.env.AWS_ENDPOINT_URL);
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

async function load(file) {
  try {
    return require(file);
  } catch (e) {
    if (e.code !== 'ERR_REQUIRE_ESM' && !(e instanceof SyntaxError)) throw e;
    return import(pathToFileURL(file).href);
  }
}

async function main(call) {
  const [file, name] = call.handler.split('.');
  const handler = (await load(path.join(__dirname, file + '.js')))[name];
  if (typeof handler !== 'function') throw new Error('Runtime.HandlerNotFound: ' + call.handler + ' is undefined or not exported');
  const context = {
    ...call.context,
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, call.deadline - Date.now()),
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
