// npm oidc-provider with its in-memory adapter, for comparison. Arguments: port, secret.
import { generateKeyPair, exportJWK } from "jose";
import { Provider } from "oidc-provider";

const [port, secret] = process.argv.slice(2);
const key = async (alg) => ({ ...(await exportJWK((await generateKeyPair(alg, { extractable: true })).privateKey)), alg, use: "sig" });

const service = (client_id) => ({
  client_id,
  client_secret: secret,
  grant_types: ["client_credentials"],
  redirect_uris: [],
  response_types: [],
});

/** What a token of each client is. */
const FORMATS = {
  rs256: { accessTokenFormat: "jwt", jwt: { sign: { alg: "RS256" } } },
  es256: { accessTokenFormat: "jwt", jwt: { sign: { alg: "ES256" } } },
  reference: { accessTokenFormat: "opaque" },
};

const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: Object.keys(FORMATS).map(service),
  jwks: { keys: [await key("RS256"), await key("ES256")] },
  cookies: { keys: ["of no use here"] },
  features: {
    devInteractions: { enabled: false },
    clientCredentials: { enabled: true },
    introspection: { enabled: true },
    resourceIndicators: {
      enabled: true,
      defaultResource: (_, client) => `urn:api:${client.clientId}`,
      getResourceServerInfo: (_, resource) => ({ scope: "api", ...FORMATS[resource.split(":").pop()] }),
    },
  },
});
provider.listen(Number(port), "127.0.0.1");
