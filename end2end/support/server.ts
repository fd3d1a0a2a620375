// A portal with fresh demo data and a private database, for as long as one worker needs it.

import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import * as fs from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import * as os from 'node:os';
import * as path from 'node:path';

/** A Monday morning in winter, an hour after opening; the server's clock starts there and runs on. */
export const CLOCK = '2026-11-23T08:00:00+01:00';
/** When the demonstration is loaded: before anything that a journey does. */
const LOADED = '2026-11-23T07:55:00+01:00';
/** Tells the workers what decides whose turn it is in this run. */
export const TURN = 'LINKA_E2E_TURN';
/** Tells the workers where its data is. */
const DEMO = 'LINKA_E2E_DEMO';

const ROOT = path.resolve(__dirname, '../..');
const LOGS = path.join(ROOT, 'end2end/output');
const START_LIMIT_MS = 120_000;
const STOP_LIMIT_MS = 20_000;

export interface Server {
  readonly url: string;
  /** Stops it as an operator would, and complains if it does not go or leaves something behind. */
  stop(): Promise<void>;
  /** Runs another command of the program beside it, and answers what that printed. */
  linka(...args: string[]): string;
  /** Hands a mail to the line over, as a mail server does. */
  mailIn(raw: string): void;
}

/** Before all journeys. What is answered ends it. */
export default async function setUp(): Promise<(() => void) | undefined> {
  process.env[TURN] ??= randomUUID();
  process.stdout.write(`${TURN}=${process.env[TURN]}\n`);
  return process.env.LINKA_E2E_URL ? undefined : loadDemo();
}

/**
 * The demonstration is loaded once, until nothing is left to do in it, and each server begins with a copy. What is answered takes it
 * away.
 */
async function loadDemo(): Promise<() => void> {
  const data = newData();
  const metrics = `127.0.0.1:${await freePort()}`;
  const server = await launch('demo', data, ['--demo', '--clock', LOADED], { LINKA_METRICS_ADDR: metrics });
  const isIdle = async () => !/^linka_jobs_due\{.*\} [^0]/m.test(await (await fetch(`http://${metrics}/metrics`)).text());
  const idle = await until(isIdle, START_LIMIT_MS);
  await server.stop();
  if (!idle) throw new Error('The demonstration never came to rest.');
  process.env[DEMO] = data;
  return () => remove(data);
}

/** Starts `linka serve --demo` with its clock at that moment. With LINKA_E2E_URL, journeys go to that running server instead. */
export async function startServer(name: string, clock = CLOCK): Promise<Server> {
  const running = process.env.LINKA_E2E_URL;
  if (running) return { url: running.replace(/\/$/, ''), stop: async () => undefined, linka: () => '', mailIn: () => undefined };
  const data = newData();
  execFileSync('cp', ['--archive', '--reflink=auto', process.env[DEMO]!, data]);
  return removing(data, await launch(name, data, ['--demo', '--clock', clock], {}));
}

/** Starts the portal as a vendor does who has just installed it, with these settings: nothing is in it and nobody can sign in. */
export async function startVendor(name: string, settings: NodeJS.ProcessEnv): Promise<Server> {
  const data = newData();
  return removing(data, await launch(name, data, [], settings));
}

/** In the system's folder for temporary files: short enough for a socket's path, open enough for a database account. */
function newData(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'linka-e2e-'));
  fs.chmodSync(folder, 0o755);
  return path.join(folder, 'data');
}

function remove(data: string): void {
  fs.rmSync(path.dirname(data), { recursive: true, force: true });
}

/** The same server, of which nothing is left when it has stopped. */
function removing(data: string, server: Server): Server {
  return { ...server, stop: () => server.stop().finally(() => remove(data)) };
}

/**
 * LINKA_BIN names another binary than target/debug/linka. The site is the optimised one that ./test built into target/e2e,
 * else what ./run left in target/site.
 */
async function launch(name: string, data: string, options: string[], settings: NodeJS.ProcessEnv): Promise<Server> {
  const binary = process.env.LINKA_BIN ?? path.join(ROOT, 'target/debug/linka');
  if (!fs.existsSync(binary)) throw new Error(`${binary} is not there: ./test e2e builds it`);

  fs.mkdirSync(LOGS, { recursive: true });
  const logPath = path.join(LOGS, `server-${name}.log`);
  const log = fs.openSync(logPath, 'w');

  const port = await freePort();
  // Somebody's own settings, their database before all, are none of ours.
  const environment = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(DATABASE_URL|LINKA_(?!POSTGRES_BIN|LOG$).*)$/.test(name)),
  );
  const env = { ...environment, ...site(), ...settings, LINKA_ADDR: `127.0.0.1:${port}`, LINKA_DATA: data };
  const server = spawn(binary, ['serve', ...options], {
    cwd: ROOT,
    detached: true, // a process group of its own, so that what is left of it can be ended together
    stdio: ['ignore', log, log],
    env,
  });
  fs.closeSync(log);
  const exited = new Promise<string>((resolve) => {
    server.once('error', (error) => resolve(error.message));
    server.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`));
  });

  const url = `http://127.0.0.1:${port}`;
  const stop = async () => {
    const problems: string[] = [];
    server.kill('SIGTERM');
    const end = await Promise.race([exited, after(STOP_LIMIT_MS)]);
    if (end === undefined) problems.push(`it still ran ${STOP_LIMIT_MS / 1000} s after SIGTERM`);
    else if (end !== 'exit code 0') problems.push(`it ended with ${end} instead of exit code 0`);
    if (endSurvivors(server, data)) problems.push('its database was left running');
    const output = fs.readFileSync(logPath, 'utf8');
    const panic = output.split('\n').find((line) => line.includes('panicked at'));
    if (panic) problems.push(panic);
    if (problems.length > 0) throw new Error(`The server (${logPath}): ${problems.join('; ')}`);
  };

  const ready = await Promise.race([
    exited.then((end) => `ended with ${end}`),
    until(async () => (await fetch(`${url}/readyz`)).ok, START_LIMIT_MS),
  ]);
  if (ready !== true) {
    await stop().catch(() => undefined);
    const lines = fs.readFileSync(logPath, 'utf8').trimEnd().split('\n').slice(-15).join('\n');
    throw new Error(`The server ${ready === false ? 'was not ready in time' : ready}:\n${lines}`);
  }
  const linka = (...args: string[]) => execFileSync(binary, args, { cwd: ROOT, env, encoding: 'utf8', stdio: 'pipe' });
  const mailIn = (raw: string) => {
    execFileSync(binary, ['mail-in'], { cwd: ROOT, env, input: raw, stdio: 'pipe' });
  };
  return { url, stop, linka, mailIn };
}

/** Where the browser's files are, and the list of their hashes. */
function site(): NodeJS.ProcessEnv {
  const { LEPTOS_SITE_ROOT, LINKA_HASH_FILE } = process.env;
  if (LEPTOS_SITE_ROOT && LINKA_HASH_FILE) return { LEPTOS_SITE_ROOT, LINKA_HASH_FILE };
  const [site, hashes] = fs.existsSync(path.join(ROOT, 'target/e2e/hash.txt'))
    ? ['target/e2e/site', 'target/e2e/hash.txt']
    : ['target/site', 'target/debug/hash.txt'];
  return { LEPTOS_SITE_ROOT: path.join(ROOT, site), LINKA_HASH_FILE: path.join(ROOT, hashes) };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const listener = createServer();
    listener.once('error', reject);
    listener.listen(0, '127.0.0.1', () => {
      const { port } = listener.address() as AddressInfo;
      listener.close(() => resolve(port));
    });
  });
}

/** Ends what outlived the server: its process group, and the database in `data`. True if there was a database. */
function endSurvivors(server: ChildProcess, data: string): boolean {
  if (server.pid !== undefined) kill(-server.pid);
  let survived = false;
  for (const file of postmasterFiles(data)) {
    const pid = Number(fs.readFileSync(file, 'utf8').split('\n')[0]);
    if (pid > 1 && fs.existsSync(`/proc/${pid}`)) {
      survived = true;
      kill(pid, 'SIGQUIT'); // a postmaster takes its children along at SIGQUIT, not at SIGKILL
    }
  }
  return survived;
}

function postmasterFiles(folder: string, depth = 3): string[] {
  if (depth === 0 || !fs.existsSync(folder)) return [];
  return fs.readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const at = path.join(folder, entry.name);
    if (entry.isDirectory()) return postmasterFiles(at, depth - 1);
    return entry.name === 'postmaster.pid' ? [at] : [];
  });
}

function kill(pid: number, signal: NodeJS.Signals = 'SIGKILL'): void {
  try {
    process.kill(pid, signal);
  } catch {
    // gone already
  }
}

function after(ms: number): Promise<undefined> {
  return new Promise((resolve) => setTimeout(resolve, ms, undefined).unref());
}

async function until(condition: () => Promise<boolean>, limitMs: number): Promise<boolean> {
  for (const end = Date.now() + limitMs; Date.now() < end; await after50()) {
    if (await condition().catch(() => false)) return true;
  }
  return false;
}

function after50(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 50));
}
