/**
 * Delivers to our webhook from a process of its own, over connections that it keeps, as a platform does. Reads a file of lines
 * `{ body (base64), headers, status (expected) }`, prints one line: how long the answers took, and those that were wrong.
 * Arguments: address, file, deliveries a second (0: as fast as sixteen at a time are answered).
 */
import { readFileSync } from 'node:fs';
import http from 'node:http';

const [address, file, rate] = process.argv.slice(2);
const perSecond = Number(rate);
const agent = new http.Agent({ keepAlive: true, maxSockets: perSecond > 0 ? 64 : 16 });
const knocks = readFileSync(file, 'utf8')
  .trim()
  .split('\n')
  .map((line) => {
    const { body, headers, status } = JSON.parse(line);
    return { body: Buffer.from(body, 'base64'), headers, status };
  });

function deliver({ body, headers }) {
  return new Promise((resolve) => {
    const request = http.request(address, {
      agent,
      method: 'POST',
      headers: { 'content-type': 'application/json', 'content-length': body.length, ...headers },
    });
    request.once('error', (error) => resolve(error.message));
    request.once('response', (answer) => {
      answer.resume();
      answer.once('end', () => resolve(answer.statusCode));
    });
    request.end(body);
  });
}

const times = [];
const wrong = {};
/** @param dueAt the time counts from then, also when the delivery had to wait for a connection */
async function knockOnce(knock, dueAt) {
  const answer = await deliver(knock);
  times.push(performance.now() - dueAt);
  if (answer === knock.status) return;
  const what = `${answer} instead of ${knock.status}`;
  wrong[what] = (wrong[what] ?? 0) + 1;
}

const startedAt = performance.now();
if (perSecond > 0) {
  const onTheirWay = knocks.map(async (knock, n) => {
    const dueAt = startedAt + (n * 1_000) / perSecond;
    await new Promise((resolve) => setTimeout(resolve, dueAt - performance.now()));
    await knockOnce(knock, dueAt);
  });
  await Promise.all(onTheirWay);
} else {
  const next = knocks.values();
  const lane = async () => {
    for (const knock of next) await knockOnce(knock, performance.now());
  };
  await Promise.all(Array.from({ length: 16 }, lane));
}
const seconds = (performance.now() - startedAt) / 1_000;
agent.destroy();
times.sort((a, b) => a - b);
const at = (share) => times[Math.min(times.length - 1, Math.floor(times.length * share))];
process.stdout.write(`${JSON.stringify({ p50: at(0.5), p99: at(0.99), worst: at(1), seconds, wrong })}\n`);
