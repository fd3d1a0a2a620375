// A provider by which people sign in (OpenID Connect), by another author than ours: what we believe of our own stub is believed of a
// provider here that keeps the rules itself. It says where it is in its first line; each line that it is sent is answered by one.

import { createServer } from 'node:http';
import { createInterface } from 'node:readline';

import Provider from 'oidc-provider';

const read = Date.now;
let ahead = 0;
// What it gives out ends by its clock, which the journey sets forward instead of waiting.
Date.now = () => read() + ahead;

let answer = (_, response) => void response.writeHead(503).end();
const server = createServer((request, response) => answer(request, response));
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const issuer = `http://127.0.0.1:${server.address().port}`;
console.log(issuer);

/** Signs everybody in at once as the one person whom it knows. */
function begin({ client, secret, returnsTo, email }) {
  const provider = new Provider(issuer, {
    clients: [{ client_id: client, client_secret: secret, redirect_uris: [returnsTo] }],
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
  answer = (request, response) => {
    if (!request.url.startsWith('/interaction/')) return others(request, response);
    const signedIn = provider.interactionFinished(request, response, { login: { accountId: 'person-1' } });
    signedIn.catch((error) => response.writeHead(500).end(String(error)));
  };
}

for await (const line of createInterface({ input: process.stdin })) {
  const { later, ...client } = JSON.parse(line);
  if (later) ahead += later * 1000;
  else begin(client);
  console.log('done');
}
process.exit();
