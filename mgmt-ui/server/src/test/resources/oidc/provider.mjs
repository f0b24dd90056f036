// An identity provider for the sign-in test: node provider.mjs PORT CALLBACK GROUP
import { Provider } from 'oidc-provider';

const [port, callback, group] = process.argv.slice(2);
const provider = new Provider(`http://localhost:${port}`, {
  clients: [{
    client_id: 'sluice',
    client_secret: 'a-secret-of-the-test',
    redirect_uris: [callback],
    grant_types: ['authorization_code'],
    response_types: ['code'],
  }],
  pkce: { required: () => true },
  claims: { openid: ['sub'], profile: ['name', 'groups'], email: ['email'] },
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, name: `Person ${id}`, groups: [group] }) }),
  cookies: { keys: ['test'] },
  conformIdTokenClaims: false,
  features: { devInteractions: { enabled: true } },
});
provider.listen(Number(port), '127.0.0.1', () => console.log('ready'));
