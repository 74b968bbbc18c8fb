// A real OpenID provider on this machine, for the tests of who may read and decide. It is told all it needs, as JSON in
// OIDC_SETUP: port, redirects (of the pages), client, secret, and the accounts, each with its password and claims.
import { generateKeyPairSync, randomBytes } from "node:crypto";
import { createServer } from "node:http";

import Provider from "oidc-provider";

const setup = JSON.parse(process.env.OIDC_SETUP);
const issuer = `http://localhost:${setup.port}`;
const key = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({ format: "jwk" });

const provider = new Provider(issuer, {
  clients: [{
    client_id: setup.client,
    client_secret: setup.secret,
    redirect_uris: setup.redirects,
    post_logout_redirect_uris: setup.redirects,
  }],
  jwks: { keys: [{ ...key, use: "sig", alg: "RS256", kid: "tests" }] },
  cookies: { keys: [randomBytes(32).toString("hex")] },
  claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name", "roles"] },
  conformIdTokenClaims: false, // the page knows only what the ID token says
  ttl: { Session: 600, Interaction: 600, Grant: 600, IdToken: 600, AccessToken: 600 },
  findAccount: (_, id) =>
    setup.accounts[id] && { accountId: id, claims: () => ({ sub: id, ...setup.accounts[id].claims }) },
  // Whoever signs in agrees: what is tried here is what the page makes of it.
  async loadExistingGrant(ctx) {
    const grant = new ctx.oidc.provider.Grant({
      clientId: ctx.oidc.client.clientId,
      accountId: ctx.oidc.session.accountId,
    });
    grant.addOIDCScope("openid email profile");
    await grant.save();
    return grant;
  },
  features: {
    devInteractions: { enabled: false },
    rpInitiatedLogout: {
      enabled: true,
      logoutSource(ctx, form) {
        ctx.body = `${form}<button form="op.logoutForm" name="logout" value="yes">End it</button>`;
      },
    },
  },
  interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
});

const form = '<form method="post"><input name="login"><input name="password" type="password"><button>Enter</button></form>';

async function interact(request, response) {
  await provider.interactionDetails(request, response);
  if (request.method !== "POST") {
    response.setHeader("Content-Type", "text/html").end(form);
    return;
  }
  let body = "";
  for await (const piece of request) body += piece;
  const said = new URLSearchParams(body);
  const account = setup.accounts[said.get("login")];
  if (!account || account.password !== said.get("password")) {
    response.writeHead(403).end("No such account.");
    return;
  }
  await provider.interactionFinished(request, response, { login: { accountId: said.get("login") } });
}

const answer = provider.callback();
const server = createServer((request, response) => {
  if (!request.url.startsWith("/interaction/")) {
    answer(request, response);
    return;
  }
  interact(request, response).catch((error) => response.writeHead(400).end(String(error)));
});
server.listen(setup.port, "127.0.0.1", () => console.log(`ready ${issuer}`));
