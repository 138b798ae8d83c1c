import autocannon from 'autocannon';
import { type Role, sealedMessage, sealedPress, startServer } from './door.ts';

/**
 * How many events are durably acknowledged in a second, and how many card presses are answered: `npm run
 * bench:ack -- [TURNS]`. The same sealed events go to a bare Koa server that only verifies and decrypts,
 * to the webhook, and to the webhook while workers handle what it stores. They take turns in one run,
 * since only ratios of one run mean anything.
 */
const turns = Number(process.argv[2] ?? 3);
const connections = 200;
const warmUp = 2;
const seconds = 5;

interface Contest {
  name: string;
  role: Role;
  letter: typeof sealedMessage;
}
const contests: Contest[] = [
  { name: 'bare Koa', role: 'bare', letter: sealedMessage },
  { name: 'acknowledged', role: 'store', letter: sealedMessage },
  { name: 'with workers', role: 'whole', letter: sealedMessage },
  { name: 'presses', role: 'store', letter: sealedPress },
];

async function load(port: number, letter: typeof sealedMessage, duration: number) {
  // Sealed beforehand: it would otherwise cost as much as what is measured.
  const letters = Array.from({ length: 25_000 * duration }, letter);
  const result = await autocannon({
    url: `http://127.0.0.1:${port}/webhook/event`,
    method: 'POST',
    connections,
    duration,
    requests: [{ setupRequest: (request) => ({ ...request, ...letters.pop() }) }],
  });
  const { requests, latency, non2xx, errors } = result;
  if (non2xx + errors > 0 || letters.length === 0)
    throw new Error(`${non2xx} refused, ${errors} failed, ${letters.length} left`);
  return { rate: requests.average, p50: latency.p50, p99: latency.p99 };
}
type Measured = Awaited<ReturnType<typeof load>>;

async function measure({ role, letter }: Contest): Promise<Measured> {
  const server = await startServer(role);
  try {
    await load(server.port, letter, warmUp);
    return await load(server.port, letter, seconds);
  } finally {
    await server.stop();
  }
}

const found = contests.map((): Measured[] => []);
for (let turn = 0; turn < turns; turn += 1)
  for (const [i, contest] of contests.entries()) found[i]?.push(await measure(contest));

const middle = (all: Measured[] = []) =>
  [...all].sort((one, other) => one.rate - other.rate)[Math.floor(all.length / 2)];
const bare = middle(found[0])?.rate ?? 0;
for (const [i, { name }] of contests.entries()) {
  const { rate = 0, p50, p99 } = middle(found[i]) ?? {};
  const ratio = (rate / bare).toFixed(2);
  console.log(
    `${name.padEnd(13)} ${Math.round(rate)}/s  ${ratio} of bare  p50 ${p50} ms  p99 ${p99} ms`,
  );
}
