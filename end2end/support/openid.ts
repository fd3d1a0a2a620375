// Another provider by which people sign in, and a browser of a few lines that goes there and back.

import { spawn, type ChildProcess } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import * as path from 'node:path';
import { createInterface, type Interface } from 'node:readline';

const CLIENT = { client: 'linka', secret: 'tajemstvi-jen-pro-zkousku' };
/** Another portal that knows the same provider. */
const OTHER_CLIENT = 'jiny-portal';
const MOST_STEPS = 8;

export class OpenId {
  private constructor(
    private readonly process: ChildProcess,
    private readonly lines: AsyncIterator<string>,
    private readonly input: Interface,
    readonly issuer: string,
    private readonly otherIssuer: string,
  ) {}

  private returnsTo = '';

  static async start(): Promise<OpenId> {
    const process_ = spawn(process.execPath, [path.join(__dirname, 'openid-provider.mjs')], { stdio: ['pipe', 'pipe', 'ignore'] });
    const input = createInterface({ input: process_.stdout! });
    const lines = input[Symbol.asyncIterator]();
    const first = await lines.next();
    if (first.done) throw new Error('the provider did not start: are the packages of end2end there?');
    const [issuer, otherIssuer] = first.value.split(' ');
    if (!issuer || !otherIssuer) throw new Error(`the provider says where it is, and not: ${first.value}`);
    return new OpenId(process_, lines, input, issuer, otherIssuer);
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
    this.returnsTo = returnsTo;
    await this.tell({ clients: [CLIENT.client, OTHER_CLIENT], secret: CLIENT.secret, returnsTo, email });
  }

  /** Gives out, in the place of the next identity, one that it signs for a sign-in of its own: with another nonce, for another portal,
   * of another issuer, or a day ago. */
  async mixUp(nonce: string, wrong: 'nothing' | 'nonce' | 'audience' | 'issuer' | 'expired'): Promise<void> {
    if (wrong === 'expired') await this.later(-86_400);
    const identity = await this.identity(
      wrong === 'issuer' ? this.otherIssuer : this.issuer,
      wrong === 'audience' ? OTHER_CLIENT : CLIENT.client,
      wrong === 'nonce' ? randomBytes(16).toString('hex') : nonce,
    );
    if (wrong === 'expired') await this.later(86_400);
    await this.tell({ identity });
  }

  /** What an issuer signs when somebody signs in for a client. */
  private async identity(issuer: string, client: string, nonce: string): Promise<string> {
    const verifier = randomBytes(32).toString('base64url');
    const address = new URL('/auth', issuer);
    address.search = new URLSearchParams({
      client_id: client,
      response_type: 'code',
      scope: 'openid email',
      redirect_uri: this.returnsTo,
      state: 'x',
      nonce,
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
    }).toString();
    const back = await follow(new Jar(), address, this.returnsTo);
    const response = await fetch(new URL('/token', issuer), {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${client}:${CLIENT.secret}`).toString('base64')}` },
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        code: back.searchParams.get('code')!,
        redirect_uri: this.returnsTo,
        code_verifier: verifier,
      }),
    });
    return ((await response.json()) as { id_token: string }).id_token;
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

/** Goes from page to page until one begins as is said. */
async function follow(jar: Jar, from: URL, until: string): Promise<URL> {
  let at = from;
  for (let step = 0; step < MOST_STEPS; step++) {
    if (at.href.startsWith(until)) return at;
    const to = (await jar.get(at)).headers.get('location');
    if (!to) break;
    at = new URL(to, at);
  }
  throw new Error(`nothing leads back from ${at.href}`);
}

/** One who signs in at a portal by a provider. */
export class Comer {
  private readonly jar = new Jar();

  /** What the portal wants to find in what the provider signs. */
  nonce = '';

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
    const there = new URL((await this.begin(provider)).headers.get('location')!);
    this.nonce = there.searchParams.get('nonce')!;
    return follow(this.jar, there, this.named);
  }

  /** Comes back to the portal with an answer of a provider. */
  comeBack(answer: URL): Promise<Response> {
    return this.jar.get(new URL(answer.pathname + answer.search, this.portal));
  }
}
