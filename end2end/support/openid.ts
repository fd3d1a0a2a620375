// Another provider by which people sign in, and a browser of a few lines that goes there and back.

import { spawn, type ChildProcess } from 'node:child_process';
import * as path from 'node:path';
import { createInterface, type Interface } from 'node:readline';

const CLIENT = { client: 'linka', secret: 'tajemstvi-jen-pro-zkousku' };
const MOST_STEPS = 8;

export class OpenId {
  private constructor(
    private readonly process: ChildProcess,
    private readonly lines: AsyncIterator<string>,
    private readonly input: Interface,
    readonly issuer: string,
  ) {}

  static async start(): Promise<OpenId> {
    const process_ = spawn(process.execPath, [path.join(__dirname, 'openid-provider.mjs')], { stdio: ['pipe', 'pipe', 'ignore'] });
    const input = createInterface({ input: process_.stdout! });
    const lines = input[Symbol.asyncIterator]();
    const first = await lines.next();
    if (first.done) throw new Error('the provider did not start: are the packages of end2end there?');
    return new OpenId(process_, lines, input, first.value);
  }

  /** What the portal is told of it, and of one that calls itself otherwise than it is asked under. */
  settings(): string {
    const { client, secret } = CLIENT;
    const other = this.issuer.replace('127.0.0.1', 'localhost');
    return JSON.stringify([
      { key: 'skola', name: 'Školní účet', issuer: this.issuer, client_id: client, secret },
      { key: 'jiny', name: 'Jiný', issuer: other, client_id: client, secret },
    ]);
  }

  /** Knows the portal by where browsers come back to it, and signs in one person from now on. */
  async begin(returnsTo: string, email: string): Promise<void> {
    await this.tell({ ...CLIENT, returnsTo, email });
  }

  /** Sets its clock forward. */
  async later(seconds: number): Promise<void> {
    await this.tell({ later: seconds });
  }

  stop(): void {
    this.input.close();
    this.process.kill();
  }

  private async tell(what: object): Promise<void> {
    this.process.stdin!.write(`${JSON.stringify(what)}\n`);
    await this.lines.next();
  }
}

/** What a browser keeps: at the portal and at the provider, which do not know one another's. */
class Jar {
  private readonly kept = new Map<string, Map<string, string>>();

  async get(address: URL): Promise<Response> {
    const own = this.kept.get(address.origin) ?? new Map<string, string>();
    this.kept.set(address.origin, own);
    const cookie = [...own].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(address, { redirect: 'manual', headers: { cookie, accept: 'text/html' } });
    for (const set of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      if (name && value) own.set(name, value);
      else if (name) own.delete(name);
    }
    return response;
  }
}

/** One who signs in at a portal by a provider. */
export class Comer {
  private readonly jar = new Jar();

  /** The portal's address, and the one under which it calls itself in what it sends elsewhere. */
  constructor(
    private readonly portal: string,
    private readonly named: string,
  ) {}

  /** Goes to a provider; the portal's answer. */
  begin(provider: string): Promise<Response> {
    return this.jar.get(new URL(`/sign-in/with/${provider}`, this.portal));
  }

  /** Signs in there, and stands before the way back with what the provider has given. */
  async goAndSignIn(provider: string): Promise<URL> {
    let at = new URL((await this.begin(provider)).headers.get('location')!);
    for (let step = 0; step < MOST_STEPS; step++) {
      if (at.href.startsWith(this.named)) return at;
      const to = (await this.jar.get(at)).headers.get('location');
      if (!to) break;
      at = new URL(to, at);
    }
    throw new Error(`nothing leads back from ${at.href}`);
  }

  /** Comes back to the portal with an answer of a provider. */
  comeBack(answer: URL): Promise<Response> {
    return this.jar.get(new URL(answer.pathname + answer.search, this.portal));
  }
}
