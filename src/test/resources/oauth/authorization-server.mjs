// A real authorization server (oidc-provider) for the tests: node authorization-server.mjs PORT RESOURCE
// It prints "ready" when it serves, and again after each line "rotate" on stdin: then with another key.
import { Provider } from 'oidc-provider';
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';

const [port, resource] = process.argv.slice(2);
const personas = ['persona:deploy', 'persona:test', 'persona:auditor'];
let handler;

function signingKey() {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { ...privateKey.export({ format: 'jwk' }), kid: randomUUID(), use: 'sig', alg: 'ES256' };
}

// Tokens for any resource are written, as a server of many resources does; the clients name theirs.
function settings() {
  return {
    jwks: { keys: [signingKey()] },
    scopes: ['openid', 'offline_access', ...personas],
    clients: [{
      client_id: 'ci', client_secret: 'ci-secret', grant_types: ['client_credentials'],
      redirect_uris: [], response_types: [],
    }],
    clientDefaults: { id_token_signed_response_alg: 'ES256' },
    pkce: { required: () => true },
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
    features: {
      clientCredentials: { enabled: true },
      devInteractions: { enabled: true },
      registration: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => resource,
        useGrantedResource: () => true,
        getResourceServerInfo: (_, asked) => ({
          scope: personas.join(' '), audience: asked, accessTokenFormat: 'jwt',
          accessTokenTTL: 300, jwt: { sign: { alg: 'ES256' } },
        }),
      },
    },
  };
}

function begin() {
  handler = new Provider(`http://127.0.0.1:${port}`, settings()).callback();
}

begin();
createServer((request, response) => handler(request, response))
  .listen(Number(port), '127.0.0.1', () => console.log('ready'));
createInterface({ input: process.stdin }).on('line', line => {
  if (line === 'rotate') {
    begin();
    console.log('ready');
  }
}).on('close', () => process.exit(0));
