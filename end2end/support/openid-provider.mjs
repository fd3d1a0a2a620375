// A provider by which people sign in (OpenID Connect), by another author than ours: what we believe of our own stub is believed of a
// provider here that keeps the rules itself. It says where it is in its first line; each line that it is sent is answered by one.

import { createServer } from 'node:http';
import { createInterface } from 'node:readline';

import Provider from 'oidc-provider';

const read = Date.now;
let ahead = 0;
// What it gives out ends by its clock, which the journey sets forward instead of waiting.
Date.now = () => read() + ahead;

/** Two providers of their own: what the second says is signed by the same keys, and says another issuer. */
const answers = [];
const issuers = [];
for (let place = 0; place < 2; place++) {
  answers.push((_, response) => void response.writeHead(503).end());
  const server = createServer((request, response) => answers[place](request, response));
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  issuers.push(`http://127.0.0.1:${server.address().port}`);
}
console.log(issuers.join(' '));

/** What is given out next in the place of an identity. */
let instead;

/** Gives an identity of another sign-in out, as a provider that mixes them up would, or one who stands between. */
function swapIdentity(response) {
  const end = response.end.bind(response);
  response.end = (body, ...rest) => {
    const said = instead && body ? JSON.parse(String(body)) : {};
    if (!said.id_token) return end(body, ...rest);
    const text = JSON.stringify({ ...said, id_token: instead });
    instead = undefined;
    response.setHeader('content-length', Buffer.byteLength(text));
    return end(text);
  };
}

/** Signs everybody in at once as the one person whom it knows. */
function begin(place, { clients, secret, returnsTo, email }) {
  const provider = new Provider(issuers[place], {
    clients: clients.map((client) => ({ client_id: client, client_secret: secret, redirect_uris: [returnsTo] })),
    claims: { openid: ['sub'], email: ['email', 'email_verified'] },
    conformIdTokenClaims: false,
    features: { devInteractions: { enabled: false } },
    pkce: { methods: ['S256'], required: () => true },
    interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, email, email_verified: true }) }),
    async loadExistingGrant({ oidc }) {
      const grant = new oidc.provider.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId });
      grant.addOIDCScope('openid email');
      await grant.save();
      return grant;
    },
  });
  const others = provider.callback();
  answers[place] = (request, response) => {
    if (request.url === '/token') swapIdentity(response);
    if (!request.url.startsWith('/interaction/')) return others(request, response);
    const signedIn = provider.interactionFinished(request, response, { login: { accountId: 'person-1' } });
    signedIn.catch((error) => response.writeHead(500).end(String(error)));
  };
}

for await (const line of createInterface({ input: process.stdin })) {
  const { later, identity, ...known } = JSON.parse(line);
  if (later) ahead += later * 1000;
  else if (identity) instead = identity;
  else issuers.forEach((_, place) => begin(place, known));
  console.log('done');
}
process.exit();
